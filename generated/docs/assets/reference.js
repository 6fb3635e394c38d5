// Starts Redoc on the document beside the page.
"use strict";

(function reference() {
  const { lockstepRedoc: redoc, lockstepDocument: definition } = globalThis;
  const place = document.getElementById("redoc");
  const bar = document.querySelector(".bar");
  if (!redoc || !definition || !place) return;

  redoc.init(
    definition,
    {
      disableTelemetry: true,
      sanitize: true,
      hideLoading: true,
      scrollYOffset: () => bar.offsetHeight,
    },
    place,
  );

  const outline = document.getElementById("outline");
  const observer = new MutationObserver(() => {
    if (place.childElementCount === 0) return;
    outline?.remove();
    // Redoc prints some of its own addresses without the `#` that they need outside of a server.
    for (const link of place.querySelectorAll('a[href^="/"]'))
      link.setAttribute("href", `#${link.getAttribute("href")}`);
  });
  observer.observe(place, { childList: true, subtree: true, attributes: true, attributeFilter: ["href"] });
})();
