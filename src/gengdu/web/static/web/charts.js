// Draws the trend chart and the map from data that the page carries.
(function () {
  "use strict";
  var reduced = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function data(id) {
    var holder = document.getElementById(id);
    return holder ? JSON.parse(holder.textContent) : null;
  }

  function shown(value, unit) {
    if (unit === "share") { return (value * 100).toFixed(1).replace(/\.0$/, "") + "%"; }
    if (unit === "ratio") { return value.toFixed(3); }
    return String(Math.round(value));
  }

  function drawChart(box, trend) {
    var chart = window.echarts.init(box, null, { renderer: "svg" });
    var narrow = box.clientWidth < 480;
    var whole = trend.running ? trend.points.slice(0, -1) : trend.points;
    var series = [{
      type: "line", name: trend.label, data: whole, symbol: "circle", symbolSize: 7, animation: !reduced,
      lineStyle: { width: 2.4, color: "#1f6f5c" }, itemStyle: { color: "#1f6f5c" },
      label: { show: trend.points.length < 9, position: "top", color: "#1f2933", fontSize: 12,
               formatter: function (p) { return shown(p.value[1], trend.unit); } }
    }];
    if (trend.running) {
      // The running period is not over: it stands apart and is not joined to the finished ones.
      series.push({
        type: "line", name: "本期至今", data: trend.points.slice(-1), symbol: "emptyCircle", symbolSize: 9, animation: !reduced,
        itemStyle: { color: "#1f6f5c" },
        label: { show: true, position: "left", color: "#1f2933", fontSize: 12, formatter: function (p) { return "本期至今 " + shown(p.value[1], trend.unit); } }
      });
    }
    if (trend.asked) {
      series[0].markLine = {
        silent: true, symbol: "none", lineStyle: { color: "#1f6f5c", type: "dashed" },
        label: { formatter: trend.asked.label, position: "end", color: "#1f6f5c" },
        data: [{ yAxis: trend.asked.value }]
      };
    }
    if (trend.projection) {
      var last = trend.points[trend.points.length - 1], p = trend.projection;
      series.push({
        type: "line", data: [last, [p.on, p.value]], symbol: "emptyCircle", symbolSize: 7, animation: !reduced,
        lineStyle: { type: "dashed", width: 2.2, color: "#9a6508" }, itemStyle: { color: "#9a6508" },
        labelLayout: { hideOverlap: true }, label: { show: true, position: "bottom", distance: 8, color: "#9a6508", fontSize: 12,
                 formatter: function (q) { return q.dataIndex ? shown(q.value[1], trend.unit) : ""; } }
      });
      [p.low, p.high].forEach(function (end) {
        series.push({ type: "line", data: [last, [p.on, end]], symbol: "none", silent: true, animation: !reduced,
                      lineStyle: { width: 1, color: "#d3942a", opacity: 0.6 } });
      });
    }
    var values = trend.points.map(function (q) { return q[1]; });
    if (trend.asked) { values.push(trend.asked.value); }
    if (trend.projection) { values.push(trend.projection.low, trend.projection.high); }
    var days = trend.points.map(function (q) { return Date.parse(q[0]); });
    if (trend.projection) { days.push(Date.parse(trend.projection.on)); }
    var first = Math.min.apply(null, days), final = Math.max.apply(null, days), span = final - first;
    var low = Math.min.apply(null, values), high = Math.max.apply(null, values), room = (high - low) * 0.2 || 0.1;
    var wholeNumbers = trend.unit !== "share" && trend.unit !== "ratio";
    var floor = low < 0 ? low - room : Math.max(0, low - room), ceiling = high + room;
    if (wholeNumbers) { floor = Math.floor(floor); ceiling = Math.ceil(high + room); }
    chart.setOption({
      grid: { left: narrow ? 44 : 54, right: trend.asked ? 62 : 26, top: 28, bottom: 28 },
      tooltip: { trigger: "axis", confine: true, valueFormatter: function (v) { return shown(v, trend.unit); } },
      xAxis: { type: "time", min: first - span * 0.05, max: final + span * 0.05, axisLabel: { formatter: narrow ? "{yyyy}" : "{yyyy}-{MM}", color: "#5c6775", hideOverlap: true }, axisLine: { lineStyle: { color: "#cfd6dd" } }, splitLine: { show: false } },
      yAxis: { type: "value", minInterval: wholeNumbers ? 1 : 0,
               min: trend.unit === "share" ? Math.max(0, Math.floor((low - room) * 10) / 10) : floor,
               max: trend.unit === "share" ? Math.min(1, Math.ceil((high + room) * 10) / 10) : ceiling,
               axisLabel: { color: "#5c6775", formatter: function (v) { return shown(v, trend.unit); } },
               splitLine: { lineStyle: { color: "#eef1f4" } } },
      series: series
    });
    window.addEventListener("resize", function () { chart.resize(); });
    chart.on("finished", function () {
      // Paper is narrower than the screen: with a view box the drawing shrinks instead of overlapping.
      var drawing = box.querySelector("svg");
      drawing.setAttribute("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight());
    });
  }

  var SIGNS = { met: "●", on_course: "◐", late: "✕", unknown: "？" };

  function pin(map, place, html, className, address) {
    var icon = window.L.divIcon({ className: className, html: html, iconSize: [18, 18] });
    var marker = window.L.marker(place.at, { icon: icon, title: place.name, keyboard: false }).addTo(map);
    marker.bindTooltip(place.name + (place.value ? " " + place.value : ""));
    if (address) { marker.on("click", function () { window.location = address; }); }
  }

  function escapeText(text) {
    var holder = document.createElement("span");
    holder.textContent = text;
    return holder.innerHTML;
  }

  function drawMap(box, content) {
    var map = window.L.map(box, { scrollWheelZoom: false, attributionControl: false, zoomSnap: 0.5, zoomAnimation: !reduced });
    fetch(box.dataset.geo).then(function (answer) { return answer.json(); }).then(function (outlines) {
      window.L.geoJSON(outlines, { interactive: false, style: { color: "#b9c3cc", weight: 1, fillColor: "#fbfaf7", fillOpacity: 1 } }).addTo(map);
    });
    content.towns.sort(function (a, b) { return a.at[1] - b.at[1]; }).forEach(function (town, index) {
      pin(map, town, escapeText(town.name) + (town.value ? " <b>" + escapeText(town.value) + "</b>" : ""), "town" + (town.value ? " valued" : " place-" + (index % 3)));
    });
    content.schools.forEach(function (school) {
      pin(map, school, SIGNS[school.kind], "pin s-" + school.kind,
          school.url || box.dataset.school.replace("/0/", "/" + school.id + "/") + window.location.search);
    });
    var near = content.towns.filter(function (town) { return town.value || !content.schools.length; });
    var all = near.concat(content.schools).map(function (place) { return place.at; });
    if (content.schools.length === 1) { map.setView(content.schools[0].at, 12); } else { map.fitBounds(all, { padding: [48, 30] }); }
  }

  var trend = data("chart-data"), chartBox = document.getElementById("chart");
  if (trend && chartBox) { drawChart(chartBox, trend); }
  var places = data("map-data"), mapBox = document.getElementById("map");
  if (places && mapBox) { drawMap(mapBox, places); }
})();
