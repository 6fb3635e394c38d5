(function () {
  var mode;
  try {
    mode = localStorage.getItem("redoc.colorMode");
  } catch (error) {
    // Storage may be forbidden; the system's choice then holds.
  }
  if (mode !== "dark" && mode !== "light")
    mode = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.classList.add(mode);
})();
