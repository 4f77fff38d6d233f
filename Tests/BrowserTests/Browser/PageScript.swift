/// JavaScript that checks need in a page.
enum PageScript {
  /// Functions that every script of a check can call.
  static let helpers = """
    const frame = () => new Promise((done) => requestAnimationFrame(done));

    /** Whether a reader with eyes sees something of the element. */
    const isVisible = (element) => {
      const box = element.getBoundingClientRect();
      return element.checkVisibility({ visibilityProperty: true })
        && box.width > 0 && box.height > 0;
    };

    /** The element in a few words. */
    const name = (element) => {
      const id = element.id ? "#" + element.id : "";
      const kind = [...element.classList].map((word) => "." + word).join("");
      const words = (element.innerText || element.getAttribute("aria-label") || element.alt || "")
        .trim().replace(/\\s+/g, " ").slice(0, 40);
      return "<" + element.localName + id + kind + "> " + words;
    };

    /** A color as red, green, blue and alpha from 0 to 255. */
    const components = (color) => {
      const context = new OffscreenCanvas(1, 1).getContext("2d");
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data];
    };

    /** How bright the page's ground is, from 0 to 1. */
    const brightness = () => {
      const grounds = [document.body, document.documentElement]
        .map((element) => components(getComputedStyle(element).backgroundColor));
      const ground = grounds.find((color) => color[3] > 0) || [255, 255, 255, 255];
      return (ground[0] + ground[1] + ground[2]) / 765;
    };

    /** Opens what a reader can unfold. */
    const openDetails = () => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    };

    /** Shows every part of the page once, as a reader does who scrolls, and goes back. */
    const scrollThrough = async () => {
      const end = () => document.documentElement.scrollHeight - innerHeight;
      for (let y = 0; y < end(); y += innerHeight * 0.8) {
        scrollTo({ top: y, behavior: "instant" });
        await frame();
      }
      scrollTo({ top: end(), behavior: "instant" });
      await frame();
      await Promise.all([...document.images].filter(isVisible).map(
        (image) => image.decode().catch(() => undefined)));
      scrollTo({ top: 0, behavior: "instant" });
      await frame();
    };
    """
}
