// Follows a fragment of old to where its section went.
(function () {
  function follow() {
    var moved = JSON.parse(document.getElementById("fragment-redirects").textContent);
    var target = moved[decodeURIComponent(location.hash.slice(1))];
    if (target) location.replace(target);
  }
  follow();
  addEventListener("hashchange", follow);
})();
