int odn_placeholder;
