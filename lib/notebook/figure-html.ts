import { createHash } from "node:crypto";
import type { Figure } from "../figures";
import { EDGE, headHtml, MARK, PAGE_WIDTH, splitHeader } from "../figures/inner";
import { escapeHtml } from "../tables";
import { scriptJson } from "../tables/inner";

/**
 * A figure as HTML for a page that a Jupyter server shows: an element with the alternative text for screen
 * readers, and a script that draws the figure into it, as wide as the page gives it room.
 *
 * The key that ties the two together is a hash of the figure, so the same figure always gives the same
 * HTML.
 */
export function figureHtml(figure: Figure): string {
  const split = splitHeader(figure.layout);
  const layout = split?.layout ?? figure.layout;
  // What a picture that is saved has besides: its words, in their own place.
  const words = split === null ? {} : { whole: figure.layout, width: PAGE_WIDTH };
  const value = scriptJson({ data: figure.data, layout, alt: figure.alt, ...words });
  const key = createHash("sha256").update(value).digest("hex").slice(0, 16);
  const height = typeof layout.height === "number" ? layout.height : 450;
  const head = split === null ? "" : `<div class="hrd-figure-head">${STYLE}${headHtml(split.head)}</div>\n`;
  return `${head}<div data-hrd-figure="${key}" role="img" aria-label="${escapeHtml(figure.alt)}" style="width:100%;min-height:${height}px;background:#fff;color:#1a1a1a"></div>
<script>(function () {
${FIGURE_LOADER}
hrdFigure("${key}", ${value});
})();</script>`;
}

/** The words over a figure, dark on white as the plot under them, whatever theme Jupyter has. */
const STYLE = `<style>
.hrd-figure-head{background:#fff;color:#1a1a1a;padding:4px 0 6px;font-family:Helvetica,Arial,"Liberation Sans","DejaVu Sans",sans-serif}
.hrd-figure-head p{margin:0;line-height:1.4}
.hrd-figure-head .figure-title{font-size:15px;font-weight:bold}
.hrd-figure-head .figure-words{font-size:13px;color:#555}
.hrd-figure-head .synthetic{background:#F0E442;color:#000;border:1.5px solid #000;padding:0 0.4em;margin-right:0.35em;white-space:nowrap}
</style>`;

/**
 * What the bar over a figure offers, and nothing else, whatever a later plotly.js adds: its own choice has a button
 * that uploads the chart, prisoners and all, to a server. No address of a server is left in the settings either.
 */
const CONFIG = JSON.stringify({
  responsive: true,
  displaylogo: false,
  modeBarButtons: [["hrdPicture"], ["zoom2d", "pan2d"], ["zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d"]],
  showSendToCloud: false,
  showLink: false,
  plotlyServerURL: "",
  topojsonURL: "",
});

/**
 * The script that draws figures in a page, as JavaScript text: it runs in the browser, not here, and must
 * arrive as it is written (compilers put helpers into functions). Every figure brings it along, because a
 * page may show any of them first; the first one loads plotly.js, the others wait for the same copy.
 *
 * plotly.js comes from the Jupyter server that shows the notebook, through its `files` route, so nothing is
 * fetched from the internet. The project may lie anywhere below the server's root: each folder from the
 * notebook's up to the root is tried.
 */
const FIGURE_LOADER = `function hrdFigure(key, figure) {
  "use strict";
  function baseUrl() {
    var base = document.body && document.body.dataset.baseUrl;
    if (!base) {
      var element = document.getElementById("jupyter-config-data");
      try { base = element && JSON.parse(element.textContent).baseUrl; } catch (error) { base = null; }
    }
    base = base || "/";
    return base.charAt(base.length - 1) === "/" ? base : base + "/";
  }
  function candidates() {
    var base = baseUrl();
    var path = window.location.pathname;
    var rest = path.indexOf(base) === 0 ? path.slice(base.length) : path.replace(/^\\/+/, "");
    var match = /^(?:notebooks|tree|edit|(?:lab|doc)(?:\\/workspaces\\/[^/]+)?\\/tree)\\/(.*)$/.exec(rest);
    var folders = (match ? match[1] : "").split("/").slice(0, -1);
    var list = [];
    for (var depth = folders.length; depth >= 0; depth--) {
      var folder = folders.slice(0, depth).map(function (name) { return name + "/"; }).join("");
      list.push(base + "files/" + folder + "node_modules/plotly.js-dist/plotly.js");
    }
    return list;
  }
  function run(code) {
    // Notebook 6 has RequireJS: a library that finds "define" registers itself there and not on the page.
    var define = window.define;
    var script = document.createElement("script");
    script.textContent = code;
    try { window.define = undefined; document.head.appendChild(script); } finally { window.define = define; script.remove(); }
    if (!window.Plotly) throw new Error("plotly.js ran but is not there");
    return window.Plotly;
  }
  function fetchFirst(list) {
    if (list.length === 0) return Promise.reject(new Error("plotly.js was not found"));
    return fetch(list[0], { credentials: "same-origin" })
      .then(function (response) { if (!response.ok) throw new Error(String(response.status)); return response.text(); })
      .catch(function () { return fetchFirst(list.slice(1)); });
  }
  function plotly() {
    if (window.Plotly && window.Plotly.newPlot) return Promise.resolve(window.Plotly);
    if (!window.hrdPlotly) {
      window.hrdPlotly = fetchFirst(candidates()).then(run);
      window.hrdPlotly.catch(function () { window.hrdPlotly = null; });
    }
    return window.hrdPlotly;
  }
  function places() {
    return Array.prototype.slice.call(document.querySelectorAll('[data-hrd-figure="' + key + '"]:not([data-hrd-drawn])'));
  }
  function whenPlaced(tries, act) {
    // Jupyter runs a script before or after it puts the output into the page.
    var found = places();
    if (found.length > 0 || tries === 0) found.forEach(function (place) { place.setAttribute("data-hrd-drawn", ""); act(place); });
    else setTimeout(function () { whenPlaced(tries - 1, act); }, 50);
  }
  function picture(library) {
    // plotly.js's own button saves what it has drawn; a picture needs the words over it, too, and the mark of synthetic data.
    if (!figure.whole) return "toImage";
    return { name: "Download plot as a PNG", title: "Download plot as a PNG", icon: library.Icons.camera, click: function () {
      var copy = JSON.parse(JSON.stringify(figure));
      var size = { width: copy.width, height: copy.whole.height };
      var place = document.createElement("div");
      place.style.cssText = "position:absolute;left:-200vw;top:0";
      document.body.appendChild(place);
      library.newPlot(place, copy.data, Object.assign({}, copy.whole, size, { autosize: false }), { staticPlot: true }).then(function () {
        (copy.whole.annotations || []).forEach(function (one) {
          if (one.name === "${MARK}") one.xshift = ${EDGE} - Math.round(place._fullLayout._size.l);
        });
        return library.relayout(place, { annotations: copy.whole.annotations });
      }).then(function () {
        return library.downloadImage(place, Object.assign({ format: "png", scale: 2, filename: "figure" }, size));
      }).then(function () { library.purge(place); place.remove(); });
    } };
  }
  plotly().then(function (library) {
    whenPlaced(100, function (place) {
      // A copy, for plotly.js writes into what it draws, and the same figure may be shown twice.
      var copy = JSON.parse(JSON.stringify(figure));
      place.textContent = "";
      var config = ${CONFIG};
      config.modeBarButtons[0][0] = picture(library);
      library.newPlot(place, copy.data, copy.layout, config);
    });
  }).catch(function () {
    whenPlaced(100, function (place) {
      place.textContent = "";
      var text = document.createElement("p");
      text.textContent = figure.alt;
      var advice = document.createElement("p");
      var start = document.createElement("em");
      start.textContent = "The figure cannot be drawn here, because plotly.js was not found on this server. " +
        "Open the notebook with npm start, or run npm run doctor in the project's folder to see what is missing.";
      advice.appendChild(start);
      place.appendChild(text);
      place.appendChild(advice);
    });
  });
}`;
