(function () {
  'use strict';

  var labels = JSON.parse(document.getElementById('labels').textContent);
  var data = JSON.parse(document.getElementById('data').textContent);
  var sales = data.sales;
  var root = document.documentElement;
  var STORAGE = 'storefact.language';
  var DAY = 86400000;

  // The order in which segments stand everywhere: from the best to the lost.
  var SEGMENTS = ['champions', 'loyal', 'potential_loyalists', 'new', 'promising', 'need_attention',
    'about_to_sleep', 'at_risk', 'cannot_lose_them', 'hibernating', 'lost'];
  var CLASSES = ['core', 'key', 'developable', 'abandoned'];

  var language = firstLanguage();
  var step = 'week';
  var charts = {};
  var unfinished = new Set();

  // ---------------------------------------------------------------- words and numbers

  function firstLanguage() {
    var stored = null;
    try {
      stored = localStorage.getItem(STORAGE);
    } catch (e) {
      // A page opened from a file may have no storage; then the browser's language decides.
    }
    if (stored === 'en' || stored === 'zh') {
      return stored;
    }
    return (navigator.language || 'en').toLowerCase().indexOf('zh') === 0 ? 'zh' : 'en';
  }

  function t(key, values) {
    return labels[key][language].replace(/\{(\w+)\}/g, function (whole, name) {
      return values && name in values ? values[name] : whole;
    });
  }

  function words(pair) {
    return pair[language];
  }

  function locale() {
    return language === 'zh' ? 'zh-CN' : 'en-US';
  }

  var formats = {};
  function number(value, options) {
    var key = locale() + JSON.stringify(options || {});
    formats[key] = formats[key] || new Intl.NumberFormat(locale(), options);
    return formats[key].format(value);
  }

  function count(value) {
    return number(value, {maximumFractionDigits: 0});
  }

  function compactCount(value) {
    return Math.abs(value) < 10000 ? count(value) : number(value, {notation: 'compact', maximumFractionDigits: 1});
  }

  function money(value, digits) {
    var places = digits === undefined ? 0 : digits;
    return number(value, {
      style: 'currency', currency: data.chain.currency, currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: places, maximumFractionDigits: places
    });
  }

  function compactMoney(value) {
    if (Math.abs(value) < 1000) {
      return money(value);
    }
    return number(value, {
      style: 'currency', currency: data.chain.currency, currencyDisplay: 'narrowSymbol',
      notation: 'compact', minimumSignificantDigits: 3, maximumSignificantDigits: 3
    });
  }

  function axisMoney(value) {
    return number(value, {
      style: 'currency', currency: data.chain.currency, currencyDisplay: 'narrowSymbol',
      notation: 'compact', minimumFractionDigits: 0, maximumSignificantDigits: 3
    });
  }

  function percent(part, digits) {
    var places = digits === undefined ? (Math.abs(part) < 0.0995 ? 1 : 0) : digits;
    var text = number(part * 100, {minimumFractionDigits: places, maximumFractionDigits: places});
    return language === 'zh' ? text + '%' : text + '\u00a0%';
  }

  function signed(part) {
    var text = percent(Math.abs(part), 1);
    return (part > 0 ? '+' : part < 0 ? '−' : '±') + text;
  }

  function share(part, whole) {
    return whole > 0 ? part / whole : 0;
  }

  // A business day is a date, not a moment: noon in UTC is that date for everyone who reads it in UTC.
  function dateOf(day) {
    return new Date(day + 'T12:00:00Z');
  }

  function date(day, form) {
    var options = form === 'short'
      ? {day: 'numeric', month: 'short'}
      : {day: 'numeric', month: language === 'zh' ? 'long' : 'short', year: 'numeric'};
    options.timeZone = 'UTC';
    return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', options).format(dateOf(day));
  }


  function moment(instant) {
    var options = {day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false};
    try {
      options.timeZone = data.chain.zone;
      return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', options).format(new Date(instant));
    } catch (e) {
      // A browser that does not know the zone tells UTC and says so.
      options.timeZone = 'UTC';
      return new Intl.DateTimeFormat('en-GB', options).format(new Date(instant)) + ' UTC';
    }
  }

  function weekday(index, form) {
    // 2 January 2017 was a Monday.
    return new Intl.DateTimeFormat(locale(), {weekday: form, timeZone: 'UTC'})
      .format(new Date(Date.UTC(2017, 0, 1 + index, 12)));
  }

  function hour(value) {
    return (value < 10 ? '0' : '') + value + ':00';
  }

  function sum(rows, of) {
    return rows.reduce(function (total, row) { return total + of(row); }, 0);
  }

  // ---------------------------------------------------------------- page building

  function card(id) {
    return document.getElementById(id);
  }

  function finding(id, text) {
    card(id).querySelector('.finding').textContent = text;
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) {
      made.className = className;
    }
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
  }

  function color(code) {
    return getComputedStyle(root).getPropertyValue('--' + code).trim() || ink('lost');
  }

  function ink(name) {
    return getComputedStyle(root).getPropertyValue('--' + name).trim();
  }

  /** Columns: {head, number, roomy, cell(row) → text or node}. */
  function table(id, columns, rows) {
    var place = card(id).querySelector('.table');
    place.textContent = '';
    if (!rows.length) {
      place.append(element('p', 'nothing', t('nothing')));
      return;
    }
    var made = element('table');
    made.setAttribute('aria-label', card(id).querySelector('h3').textContent);
    var head = made.createTHead().insertRow();
    columns.forEach(function (column) {
      var cell = element('th', classes(column), column.head);
      cell.scope = 'col';
      head.append(cell);
    });
    var body = made.createTBody();
    rows.forEach(function (row, index) {
      var line = body.insertRow();
      columns.forEach(function (column) {
        var cell = element('td', classes(column));
        cell.append(column.cell(row, index));
        line.append(cell);
      });
    });
    place.append(made);
  }

  function classes(column) {
    return [column.number ? 'number' : '', column.roomy ? 'roomy' : ''].join(' ').trim();
  }

  /** A technical name, which may be broken after its underscores. */
  function breakable(name) {
    var made = document.createDocumentFragment();
    name.split(/(?<=_)/).forEach(function (part) { made.append(part, document.createElement('wbr')); });
    return made;
  }

  function swatched(code, name) {
    var made = element('span', 'name');
    var swatch = element('span', 'swatch');
    swatch.style.background = color(code);
    made.append(swatch, name);
    return made;
  }

  function metered(part, of, fill) {
    var made = document.createDocumentFragment();
    var meter = element('span', 'meter');
    var level = element('i');
    level.style.width = Math.max(0, Math.min(100, 100 * share(part, of))) + '%';
    if (fill) {
      level.style.background = fill;
    }
    meter.append(level);
    made.append(meter, element('span', 'percent', percent(part, 1)));
    return made;
  }

  // ---------------------------------------------------------------- charts

  function escapeHtml(text) {
    return String(text).replace(/[&<>"']/g, function (c) { return '&#' + c.charCodeAt(0) + ';'; });
  }

  /** A tooltip: a title and rows of [colour or null, name, value]; all of it text. */
  function tip(title, rows) {
    return '<div style="font-weight:600;margin-bottom:4px">' + escapeHtml(title) + '</div>' + rows.map(function (row) {
      var dot = row[0] ? '<span style="display:inline-block;width:9px;height:9px;border-radius:3px;margin-right:6px;background:' + escapeHtml(row[0]) + '"></span>' : '';
      return '<div style="display:flex;justify-content:space-between;gap:18px;font-variant-numeric:tabular-nums"><span>' + dot + escapeHtml(row[1]) + '</span><b style="font-weight:600">' + escapeHtml(row[2]) + '</b></div>';
    }).join('');
  }

  function base() {
    return {
      animationDuration: quiet() ? 0 : 350, animation: !quiet(),
      textStyle: {fontFamily: getComputedStyle(document.body).fontFamily, color: ink('muted')},
      tooltip: {
        confine: true, backgroundColor: ink('card'), borderColor: ink('line'), padding: [9, 12],
        textStyle: {color: ink('ink'), fontSize: 12.5}, extraCssText: 'box-shadow:0 4px 16px rgba(0,0,0,.14);border-radius:8px'
      }
    };
  }

  function quiet() {
    return 'print' in root.dataset || matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  function draw(id, option, height) {
    var place = card(id).querySelector('.chart');
    if (height) {
      place.style.height = height + 'px';
    }
    place.hidden = false;
    var chart = charts[id];
    if (!chart) {
      chart = charts[id] = echarts.init(place, null, {renderer: 'canvas'});
      chart.on('finished', function () {
        unfinished.delete(id);
        if (!unfinished.size) {
          root.dataset.charts = 'finished';
        }
      });
    }
    unfinished.add(id);
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', card(id).querySelector('h3').textContent + ' ' + card(id).querySelector('.finding').textContent);
    chart.resize();
    chart.setOption(Object.assign(base(), option), true);
  }

  function noChart(id) {
    card(id).querySelector('.chart').hidden = true;
    finding(id, t('nothing'));
  }

  function width(id) {
    return card(id).querySelector('.chart').clientWidth;
  }

  var measure = document.createElement('canvas').getContext('2d');
  function textWidth(text, size) {
    measure.font = size + 'px ' + getComputedStyle(document.body).fontFamily;
    return measure.measureText(text).width;
  }

  function fitted(text, room, size) {
    if (textWidth(text, size) <= room) {
      return text;
    }
    var cut = text;
    while (cut.length > 1 && textWidth(cut + '…', size) > room) {
      cut = cut.slice(0, -1);
    }
    return cut.trim() + '…';
  }

  function valueAxis(format, extra) {
    return Object.assign({
      type: 'value', splitNumber: 4, axisLabel: {color: ink('muted'), formatter: format, fontSize: 11.5},
      splitLine: {lineStyle: {color: ink('line')}}, axisLine: {show: false}, axisTick: {show: false}
    }, extra);
  }

  /** Horizontal bars, best on top, with names at the left and figures at the right. */
  function ranking(id, rows, step, tooltip) {
    var room = Math.min(170, width(id) * 0.36);
    var names = rows.map(function (row) { return fitted(row.name, room, 12); });
    var left = Math.ceil(Math.max.apply(null, names.map(function (name) { return textWidth(name, 12); }))) + 12;
    var figures = rows.map(function (row) { return compactMoney(row.value) + '  ' + percent(row.share); });
    var right = Math.ceil(Math.max.apply(null, figures.map(function (text) { return textWidth(text, 12); }))) + 14;
    draw(id, {
      grid: {left: left, right: right, top: 2, bottom: 2},
      xAxis: {type: 'value', show: false, min: 0},
      yAxis: {
        type: 'category', inverse: true, data: names.map(function (name, i) { return i; }),
        axisLabel: {color: ink('ink'), fontSize: 12, interval: 0, formatter: function (i) { return names[i]; }},
        axisLine: {show: false}, axisTick: {show: false}
      },
      tooltip: Object.assign(base().tooltip, {
        trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: ink('track'), opacity: 0.6}, z: -1},
        formatter: function (points) { return tooltip(rows[points[0].dataIndex]); }
      }),
      series: [{
        type: 'bar', barWidth: '62%', itemStyle: {borderRadius: [0, 4, 4, 0]},
        data: rows.map(function (row, i) {
          return {
            value: Math.max(0, row.value), itemStyle: {color: row.muted ? ink('accent-soft') : ink('accent')},
            label: {show: true, position: 'right', color: ink('ink'), fontSize: 12, formatter: function () { return figures[i]; }}
          };
        })
      }]
    }, rows.length * step + 8);
  }

  // ---------------------------------------------------------------- cards: sales

  function kpis() {
    var totals = sales.totals;
    var days = (dateOf(sales.to) - dateOf(sales.from)) / DAY + 1;
    var tiles = [
      ['netSales', compactMoney(totals.netSales), money(totals.netSales, 2), totals.netSales],
      ['receipts', count(totals.receipts), t('kpi.receipts.more', {n: count(totals.receipts / days)}), totals.receipts],
      ['averageReceipt', money(share(totals.sales, totals.receipts), 2), t('kpi.averageReceipt.more')],
      ['members', count(totals.activeMembers), t('kpi.members.more', {n: count(totals.knownMembers)}), totals.activeMembers],
      ['memberShare', percent(share(totals.memberSales, totals.netSales)), t('kpi.memberShare.more')],
      ['stores', count(totals.stores), t('kpi.stores.more', {n: compactMoney(share(totals.netSales, totals.stores))}), totals.stores],
      ['goods', count(totals.soldGoods), t('kpi.goods.more', {n: count(totals.knownGoods)}), totals.soldGoods]
    ];
    var place = card('kpis');
    place.textContent = '';
    tiles.forEach(function (tile) {
      var made = element('div', 'kpi');
      made.id = 'kpi-' + tile[0];
      if (tile[3] !== undefined) {
        made.dataset.value = tile[3];
      }
      made.append(element('span', '', t('kpi.' + tile[0])), element('strong', '', tile[1]), element('small', '', tile[2]));
      place.append(made);
    });
  }

  function wholeWeeks() {
    var weeks = new Map();
    sales.days.forEach(function (row) {
      var monday = new Date(dateOf(row.day) - ((dateOf(row.day).getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10);
      var week = weeks.get(monday) || {day: monday, netSales: 0, sales: 0, receipts: 0};
      week.netSales += row.netSales;
      week.sales += row.sales;
      week.receipts += row.receipts;
      weeks.set(monday, week);
    });
    // A week is whole when the period covers it; a closed day within it does not break it.
    return Array.from(weeks.values()).filter(function (week) {
      return week.day >= sales.from && new Date(+dateOf(week.day) + 6 * DAY).toISOString().slice(0, 10) <= sales.to;
    });
  }

  function trend() {
    var weeks = wholeWeeks();
    var weekly = step === 'week' && weeks.length > 1;
    var rows = weekly ? weeks : sales.days;
    card('trend').querySelector('.switch').hidden = weeks.length < 2;
    card('trend').querySelectorAll('[data-step]').forEach(function (button) {
      button.setAttribute('aria-pressed', String(button.dataset.step === (weekly ? 'week' : 'day')));
    });
    var best = rows.reduce(function (a, b) { return b.netSales > a.netSales ? b : a; });
    var average = sum(rows, function (row) { return row.netSales; }) / rows.length;
    finding('trend', t(weekly ? 'trend.finding.week' : 'trend.finding.day',
      {day: date(best.day), amount: money(best.netSales), over: percent(share(best.netSales, average) - 1)}));
    var covered = (dateOf(sales.to) - dateOf(sales.from)) / DAY + 1;
    var left = covered - weeks.length * 7;
    card('trend').querySelector('.note').textContent = !weekly ? t('trend.note.day')
      : left ? t('trend.note.week', {n: left}) : t('trend.note.wholeWeeks');

    var narrow = width('trend') < 480;
    var every = Math.max(1, Math.ceil(rows.length / (narrow ? 4 : 8)));
    function axis(index, shown) {
      return {
        type: 'category', gridIndex: index, data: rows.map(function (row) { return row.day; }), boundaryGap: true,
        axisLabel: {show: shown, color: ink('muted'), fontSize: 11.5, hideOverlap: true,
          interval: function (i) { return i % every === 0; }, formatter: function (day) { return date(day, 'short'); }},
        axisTick: {show: false}, axisLine: {lineStyle: {color: ink('line')}}
      };
    }
    draw('trend', {
      // Two plots, one below the other: two scales on one plot would invite false comparisons.
      title: [
        {text: t('netSales'), left: 0, top: 0, textStyle: {fontSize: 12, fontWeight: 500, color: ink('muted')}},
        {text: t('receipts'), left: 0, top: 222, textStyle: {fontSize: 12, fontWeight: 500, color: ink('muted')}}
      ],
      grid: [{left: 54, right: 10, top: 30, height: 176}, {left: 54, right: 10, top: 246, height: 66}],
      xAxis: [axis(0, false), axis(1, true)],
      yAxis: [valueAxis(axisMoney, {gridIndex: 0, scale: false}), valueAxis(compactCount, {gridIndex: 1, splitNumber: 2})],
      axisPointer: {link: [{xAxisIndex: 'all'}], lineStyle: {color: ink('faint')}},
      tooltip: Object.assign(base().tooltip, {
        trigger: 'axis',
        formatter: function (points) {
          var row = rows[points[0].dataIndex];
          return tip(weekly ? t('trend.weekOf', {day: date(row.day)}) : date(row.day) + ' ' + weekday((dateOf(row.day).getUTCDay() + 6) % 7 + 1, 'short'), [
            [ink('accent'), t('netSales'), money(row.netSales)],
            [ink('accent-soft'), t('receipts'), count(row.receipts)],
            [null, t('kpi.averageReceipt'), money(share(row.sales, row.receipts), 2)]]);
        }
      }),
      series: [
        {type: 'line', data: rows.map(function (row) { return row.netSales; }), symbol: 'circle', showSymbol: rows.length === 1, symbolSize: 6, smooth: 0.15,
          lineStyle: {color: ink('accent'), width: weekly ? 2.5 : 1.5}, itemStyle: {color: ink('accent')}, areaStyle: {color: ink('accent'), opacity: 0.1},
          markPoint: {symbol: 'circle', symbolSize: 9, itemStyle: {color: ink('accent'), borderColor: ink('card'), borderWidth: 2}, label: {show: false},
            data: [{coord: [best.day, best.netSales]}]}},
        {type: 'bar', xAxisIndex: 1, yAxisIndex: 1, data: rows.map(function (row) { return row.receipts; }), barCategoryGap: '25%',
          itemStyle: {color: ink('accent-soft'), borderRadius: [2, 2, 0, 0]}}
      ]
    });
  }

  function hours() {
    if (!sales.hours.length) {
      return noChart('hours');
    }
    var days = [0, 0, 0, 0, 0, 0, 0];
    for (var at = +dateOf(sales.from); at <= +dateOf(sales.to); at += DAY) {
      days[(new Date(at).getUTCDay() + 6) % 7] += 1;
    }
    var cells = sales.hours.map(function (cell) {
      return [cell.hour, cell.weekday - 1, cell.netSales / Math.max(1, days[cell.weekday - 1])];
    });
    var best = cells.reduce(function (a, b) { return b[2] > a[2] ? b : a; });
    var byDay = [0, 0, 0, 0, 0, 0, 0];
    sales.hours.forEach(function (cell) { byDay[cell.weekday - 1] += cell.netSales; });
    var bestDay = byDay.indexOf(Math.max.apply(null, byDay));
    finding('hours', t('hours.finding', {
      weekday: weekday(best[1] + 1, 'long'), hour: hour(best[0]), best: weekday(bestDay + 1, 'long'),
      share: percent(share(byDay[bestDay], sum(byDay, Number)))
    }));
    draw('hours', {
      grid: {left: language === 'zh' ? 40 : 36, right: 4, top: 4, bottom: 62},
      xAxis: {type: 'category', data: Array.from({length: 24}, function (none, i) { return i; }),
        axisLabel: {interval: function (i) { return i % 3 === 0; }, color: ink('muted'), fontSize: 11.5, formatter: function (i) { return hour(+i).slice(0, 2); }}, axisTick: {show: false}, axisLine: {show: false}},
      yAxis: {type: 'category', inverse: true, data: [1, 2, 3, 4, 5, 6, 7], axisLabel: {color: ink('ink'), fontSize: 12, formatter: function (i) { return weekday(+i, 'short'); }}, axisTick: {show: false}, axisLine: {show: false}},
      visualMap: {min: 0, max: Math.max(best[2], 1), calculable: false, orient: 'horizontal', right: 0, bottom: 0, itemWidth: 10, itemHeight: 90,
        text: [t('hours.high'), t('hours.low')], textStyle: {color: ink('muted'), fontSize: 11.5}, inRange: {color: [ink('heat-low'), ink('accent-soft'), ink('heat-high')]}},
      tooltip: Object.assign(base().tooltip, {
        formatter: function (point) {
          var cell = point.value;
          return tip(t('hours.cell', {weekday: weekday(cell[1] + 1, 'long'), from: hour(cell[0]), to: hour((cell[0] + 1) % 24)}),
            [[point.color, t('hours.average'), money(cell[2])]]);
        }
      }),
      series: [{type: 'heatmap', data: cells, itemStyle: {borderColor: ink('card'), borderWidth: 1.5, borderRadius: 3}, emphasis: {itemStyle: {borderColor: ink('ink')}}}]
    });
  }

  function named(name) {
    return name || t('unnamed');
  }

  function departments() {
    var byName = new Map();
    sales.categories.forEach(function (row) {
      byName.set(row.department, (byName.get(row.department) || 0) + row.netSales);
    });
    var all = Array.from(byName, function (entry) { return {name: named(entry[0]), value: entry[1]}; })
      .sort(function (a, b) { return b.value - a.value; });
    if (!all.length) {
      return noChart('departments');
    }
    var total = sales.totals.netSales;
    var rows = all.length > 13 ? all.slice(0, 12) : all.slice();
    if (all.length > rows.length) {
      rows.push({name: t('departments.other', {n: all.length - rows.length}), muted: true,
        value: sum(all.slice(rows.length), function (row) { return row.value; })});
    }
    rows.forEach(function (row) { row.share = share(row.value, total); });
    finding('departments', t(all.length > 3 ? 'departments.finding' : 'departments.finding.one', {
      name: all[0].name, share: percent(rows[0].share), three: percent(share(sum(all.slice(0, 3), function (row) { return row.value; }), total))
    }));
    ranking('departments', rows, 34, function (row) {
      return tip(row.name, [[null, t('netSales'), money(row.value)], [null, t('share'), percent(row.share, 1)]]);
    });
  }

  function categories() {
    var total = sales.totals.netSales;
    var rows = sales.categories.slice(0, 12);
    var compared = sales.comparedDays;
    function change(row) {
      return compared && row.before > 0 ? row.last / row.before - 1 : null;
    }
    var moving = rows.filter(function (row) { return change(row) !== null; });
    if (moving.length) {
      var up = moving.reduce(function (a, b) { return change(b) > change(a) ? b : a; });
      finding('categories', t(change(up) > 0 ? 'categories.finding' : 'categories.finding.down',
        {n: rows.length, up: named(up.category), department: named(up.department), change: signed(change(up))}));
    } else {
      finding('categories', t('categories.finding.still', {n: rows.length, share: percent(share(sum(rows, function (row) { return row.netSales; }), total))}));
    }
    var best = rows.length ? share(rows[0].netSales, total) : 0;
    table('categories', [
      {head: t('categories.category'), cell: function (row) {
        var cell = element('span', '', named(row.category));
        cell.append(element('span', 'second', named(row.department)));
        return cell;
      }},
      {head: t('netSales'), number: true, cell: function (row) { return compactMoney(row.netSales); }},
      {head: t('share'), number: true, cell: function (row) {
        return metered(share(row.netSales, total), best);
      }},
      {head: t('categories.change'), number: true, cell: function (row) {
        var part = change(row);
        return part === null ? element('span', 'quiet', '–')
          : element('span', part > 0 ? 'good' : part < 0 ? 'bad' : 'quiet', (part > 0 ? '▲ ' : part < 0 ? '▼ ' : '') + signed(part));
      }}
    ], rows);
    card('categories').querySelector('.note').textContent = !compared ? t('categories.note.none')
      : compared % 7 ? t('categories.note.days', {n: compared}) : t('categories.note.weeks', {n: compared / 7});
  }

  // ---------------------------------------------------------------- cards: members

  function groups(id, order, rows, head) {
    var sorted = rows.slice().sort(function (a, b) { return order.indexOf(a.code) - order.indexOf(b.code); });
    if (!sorted.length) {
      noChart(id);
      return table(id, [], []);
    }
    var members = sum(sorted, function (row) { return row.members; });
    var money_ = sum(sorted, function (row) { return row.netSales; });
    var best = sorted.reduce(function (a, b) { return b.netSales > a.netSales ? b : a; });
    finding(id, t('segments.finding', {name: words(best.name), members: percent(share(best.members, members)), sales: percent(share(best.netSales, money_))}));

    var left = Math.ceil(Math.max(textWidth(t('groups.members'), 12), textWidth(t('groups.sales'), 12))) + 10;
    var plot = width(id) - left - 2;
    function part(row, which) {
      return which ? share(row.netSales, money_) : share(row.members, members);
    }
    draw(id, {
      grid: {left: left, right: 2, top: 4, bottom: 6},
      xAxis: {type: 'value', show: false, min: 0, max: 1},
      yAxis: {type: 'category', inverse: true, data: [t('groups.members'), t('groups.sales')], axisLabel: {color: ink('ink'), fontSize: 12}, axisLine: {show: false}, axisTick: {show: false}},
      tooltip: Object.assign(base().tooltip, {
        formatter: function (point) {
          var row = sorted[point.seriesIndex];
          return tip(words(row.name), [
            [color(row.code), t('groups.memberShare'), percent(part(row, 0), 1) + ' · ' + count(row.members)],
            [color(row.code), t('groups.salesShare'), percent(part(row, 1), 1) + ' · ' + money(row.netSales)],
            [null, t('groups.recency'), count(row.averageRecencyDays)]]);
        }
      }),
      series: sorted.map(function (row) {
        return {
          type: 'bar', stack: 'all', barWidth: 42, name: words(row.name),
          itemStyle: {color: color(row.code), borderColor: ink('card'), borderWidth: 1},
          emphasis: {focus: 'series'}, blur: {itemStyle: {opacity: 0.35}},
          data: [0, 1].map(function (which) {
            var value = part(row, which);
            var room = value * plot - 10;
            var long = words(row.name);
            var figure = percent(value, 0);
            var text = textWidth(long, 12) <= room ? long + '\n' + figure : textWidth(figure, 12) <= room ? figure : '';
            return {value: value, label: {show: text !== '', color: onColor(color(row.code)), fontSize: 12, lineHeight: 15, formatter: function () { return text; }}};
          })
        };
      })
    });
    var bestMembers = Math.max.apply(null, sorted.map(function (row) { return part(row, 0); }));
    var bestSales = Math.max.apply(null, sorted.map(function (row) { return part(row, 1); }));
    table(id, [
      {head: head, cell: function (row) { return swatched(row.code, words(row.name)); }},
      {head: t('groups.members'), number: true, roomy: true, cell: function (row) { return count(row.members); }},
      {head: t('groups.memberShare'), number: true, cell: function (row) { return metered(part(row, 0), bestMembers, color(row.code)); }},
      {head: t('groups.salesShare'), number: true, cell: function (row) { return metered(part(row, 1), bestSales, color(row.code)); }},
      {head: t('groups.recency'), number: true, roomy: true, cell: function (row) { return count(row.averageRecencyDays); }}
    ], sorted);
  }

  /** Black or white, whichever can be read on the colour. */
  function onColor(hex) {
    var channels = [1, 3, 5].map(function (at) {
      var value = parseInt(hex.slice(at, at + 2), 16) / 255;
      return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    });
    var light = 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
    return light > 0.24 ? '#17212b' : '#ffffff';
  }

  function nameOf(rows, code) {
    var row = rows.find(function (each) { return each.code === code; });
    return row ? words(row.name) : '';
  }

  function top() {
    var rows = sales.topMembers;
    finding('top', rows.length ? t('top.finding', {n: rows.length,
      share: percent(share(sum(rows, function (row) { return row.netSales; }), sales.totals.netSales))}) : '');
    table('top', [
      {head: '#', cell: function (row, index) { return element('span', 'quiet', String(index + 1)); }},
      {head: t('top.member'), cell: function (row) { return element('span', 'masked', row.member); }},
      {head: t('netSales'), number: true, cell: function (row) { return money(row.netSales); }},
      {head: t('top.last'), number: true, roomy: true, cell: function (row) { return row.lastPurchase; }},
      {head: t('segments.segment'), cell: function (row) { return row.segment ? swatched(row.segment, nameOf(sales.segments, row.segment)) : '–'; }},
      {head: t('classes.class'), cell: function (row) { return row.valueClass ? swatched(row.valueClass, nameOf(sales.valueClasses, row.valueClass)) : '–'; }}
    ], rows);
  }

  // ---------------------------------------------------------------- cards: stores

  function stores() {
    var total = sales.totals.netSales;
    var rows = sales.stores.slice(0, 15).map(function (row) {
      return {name: row.name || row.store, value: row.netSales, share: share(row.netSales, total), sales: row.sales, receipts: row.receipts};
    });
    if (!rows.length) {
      noChart('ranking');
      return noChart('spread');
    }
    finding('ranking', t('ranking.finding', {name: rows[0].name, share: percent(rows[0].share), n: rows.length,
      all: percent(sum(rows, function (row) { return row.share; }))}));
    ranking('ranking', rows, 30, function (row) {
      return tip(row.name, [[null, t('netSales'), money(row.value)], [null, t('share'), percent(row.share, 1)],
        [null, t('receipts'), count(row.receipts)], [null, t('kpi.averageReceipt'), money(share(row.sales, row.receipts), 2)]]);
    });

    var n = sales.stores.length;
    var parts = Math.min(10, n);
    var groups_ = Array.from({length: parts}, function (none, i) {
      var from = Math.floor(i * n / parts);
      var to = Math.floor((i + 1) * n / parts);
      var value = sum(sales.stores.slice(from, to), function (row) { return row.netSales; });
      return {from: from + 1, to: to, value: value, share: share(value, total), label: from + 1 === to ? String(to) : (from + 1) + '–' + to};
    });
    finding('spread', t('spread.finding', {tenth: percent(1 / parts, 0), share: percent(groups_[0].share)}));
    var narrow = width('spread') < 560;
    draw('spread', {
      grid: {left: 44, right: 4, top: 26, bottom: 44},
      xAxis: {type: 'category', data: groups_.map(function (group) { return group.label; }),
        axisLabel: {color: ink('muted'), fontSize: 11, interval: 0, rotate: narrow ? 45 : 0}, axisTick: {show: false}, axisLine: {lineStyle: {color: ink('line')}}},
      yAxis: valueAxis(function (value) { return percent(value, 0); }, {}),
      tooltip: Object.assign(base().tooltip, {
        trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: ink('track'), opacity: 0.6}},
        formatter: function (points) {
          var group = groups_[points[0].dataIndex];
          return tip(t('spread.group', {from: group.from, to: group.to, n: n}), [[ink('accent'), t('share'), percent(group.share, 1)],
            [null, t('netSales'), money(group.value)], [null, t('spread.perStore'), money(group.value / (group.to - group.from + 1))]]);
        }
      }),
      series: [{type: 'bar', barWidth: '64%', data: groups_.map(function (group, i) {
        return {value: group.share, itemStyle: {color: ink(i ? 'accent-soft' : 'accent'), borderRadius: [4, 4, 0, 0]},
          label: {show: !narrow || group.share >= 0.01, position: 'top', color: ink('ink'), fontSize: 11.5, formatter: function () { return percent(group.share); }}};
      })}]
    });
  }

  // ---------------------------------------------------------------- cards: quality

  function quality() {
    var found = data.quality;
    var accepted = sum(found.streams, function (row) { return row.accepted; });
    var repeated = sum(found.streams, function (row) { return row.repeated; });
    var rejected = sum(found.streams, function (row) { return row.rejected; });
    var read = accepted + repeated + rejected;
    var equal = found.counts.length > 0 && found.counts.every(function (row) { return row.lake === row.star; });
    finding('lines', read ? t(equal ? 'lines.finding.equal' : 'lines.finding',
      {accepted: count(accepted), read: count(read), share: percent(floored(share(accepted, read)), 2), rejected: count(rejected)}) : '');
    var bar = card('lines').querySelector('.bar');
    bar.textContent = '';
    bar.hidden = !read;
    bar.setAttribute('aria-label', t('lines.bar', {accepted: count(accepted), repeated: count(repeated), rejected: count(rejected)}));
    [[accepted, 'good'], [repeated, 'faint'], [rejected, 'bad']].forEach(function (each) {
      if (each[0]) {
        var piece = element('i');
        piece.style.flex = String(each[0]) + ' 1 0';
        piece.style.background = 'var(--' + each[1] + ')';
        bar.append(piece);
      }
    });

    var byStream = new Map(found.streams.map(function (row) { return [row.stream, row]; }));
    found.counts.forEach(function (row) {
      byStream.set(row.stream, Object.assign({}, byStream.get(row.stream) || {stream: row.stream}, {lake: row.lake, star: row.star}));
    });
    var columns = [
      {head: t('lines.stream'), cell: function (row) { return row.stream ? breakable(row.stream) : t('lines.unnamed'); }},
      {head: t('lines.read'), number: true, roomy: true, cell: function (row) { return known(row.accepted, row.accepted + row.repeated + row.rejected); }},
      {head: t('lines.accepted'), number: true, cell: function (row) { return known(row.accepted, row.accepted); }},
      {head: t('lines.repeated'), number: true, roomy: true, cell: function (row) { return known(row.repeated, row.repeated); }},
      {head: t('lines.rejected'), number: true, cell: function (row) {
        return row.rejected ? element('span', 'bad', count(row.rejected)) : known(row.rejected, row.rejected);
      }}
    ];
    if (found.counts.length) {
      columns.push(
        {head: t('lines.lake'), number: true, roomy: true, cell: function (row) { return known(row.lake, row.lake); }},
        {head: t('lines.star'), number: true, roomy: true, cell: function (row) { return known(row.star, row.star); }},
        {head: t('lines.compared'), number: true, cell: function (row) {
          return row.lake === undefined ? element('span', 'quiet', '–')
            : row.lake === row.star ? verdict('good', '✓', t('lines.equal'))
            : verdict('bad', '✗', t('lines.different', {n: count(Math.abs(row.lake - row.star))}));
        }});
    }
    table('lines', columns, Array.from(byStream.values()));

    var zero = found.zeroQuantity;
    card('zero').textContent = !sales ? '' : !zero.lines ? t('lines.zero.none') : t('lines.zero', {
      lines: count(zero.lines), amount: count(zero.withAmount), coupon: count(zero.withCoupon), worth: money(zero.couponDiscount, 2)
    });

    var refused = sum(found.rejects, function (row) { return row.lines; });
    finding('rejects', refused ? t('rejects.finding', {lines: count(refused), reason: words(found.rejects[0].reason)}) : t('rejects.none'));
    card('rejects').querySelector('.table').hidden = !refused;
    table('rejects', [
      {head: t('rejects.reason'), cell: function (row) { return words(row.reason); }},
      {head: t('rejects.lines'), number: true, cell: function (row) { return count(row.lines); }}
    ], found.rejects);

    checks(found.checks);

    finding('freshness', sales ? t('freshness.finding', {day: date(sales.to)}) : t('empty.title'));
    table('freshness', [
      {head: t('freshness.step'), cell: function (row) { return t(row[0]); }},
      {head: t('freshness.last'), number: true, cell: function (row) { return row[1] ? moment(row[1]) : element('span', 'quiet', t('freshness.never')); }}
    ], [['freshness.ingested', found.freshness.ingestedAt], ['freshness.built', found.freshness.builtAt], ['freshness.checked', found.freshness.checkedAt]]);
  }

  /** A sign and, where there is room, its words. */
  function verdict(className, sign, text) {
    var made = element('span', className, sign);
    made.append(element('span', 'roomy', ' ' + text));
    made.title = text;
    return made;
  }

  /** 99.996 % is not 100 %. */
  function floored(part) {
    return Math.floor(part * 10000) / 10000;
  }

  function known(value, shown) {
    return value === undefined ? element('span', 'quiet', '–') : count(shown);
  }

  function checks(all) {
    var failing = all.filter(function (row) { return row.failures > 0; });
    finding('checks', !all.length ? t('checks.none') : failing.length ? t('checks.some', {bad: failing.length, n: all.length}) : t('checks.all', {n: all.length}));
    card('checks').querySelector('.table').hidden = !all.length;
    // Few checks are named one by one; of many, those that fail, and the others by mart.
    if (all.length <= 8) {
      return table('checks', [
        {head: t('checks.mart'), cell: function (row) { return breakable(row.mart); }},
        {head: t('checks.check'), cell: function (row) { return row.check; }},
        {head: t('checks.result'), number: true, cell: result}
      ], failing.concat(all.filter(function (row) { return row.failures === 0; })));
    }
    var marts = new Map();
    all.forEach(function (row) {
      var mart = marts.get(row.mart) || {mart: row.mart, checks: 0, failing: []};
      mart.checks += 1;
      if (row.failures > 0) {
        mart.failing.push(row.check);
      }
      marts.set(row.mart, mart);
    });
    table('checks', [
      {head: t('checks.mart'), cell: function (row) {
        var cell = element('span');
        cell.append(breakable(row.mart));
        row.failing.forEach(function (name) { cell.append(element('span', 'second', name)); });
        return cell;
      }},
      {head: t('checks.checks'), number: true, cell: function (row) { return count(row.checks); }},
      {head: t('checks.result'), number: true, cell: function (row) {
        return row.failing.length ? element('span', 'bad', '✗ ' + t('checks.failing', {n: row.failing.length})) : element('span', 'good', '✓ ' + t('checks.holds'));
      }}
    ], Array.from(marts.values()));
  }

  function result(row) {
    return row.failures > 0 ? element('span', 'bad', '✗ ' + t('checks.fails', {n: count(row.failures)})) : element('span', 'good', '✓ ' + t('checks.holds'));
  }

  // ---------------------------------------------------------------- the page

  function render() {
    root.dataset.charts = 'drawing';
    root.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = words(data.chain.title) + ' · ' + t('overview');
    card('chain').textContent = words(data.chain.title);
    card('period').textContent = sales ? t('period', {from: date(sales.from), to: date(sales.to)}) : t('period.none');
    card('made').textContent = t('made', {at: moment(data.madeAt), zone: data.chain.zone, currency: data.chain.currency});
    document.querySelectorAll('[data-label]').forEach(function (each) { each.textContent = t(each.dataset.label); });
    document.querySelectorAll('[data-aria]').forEach(function (each) { each.setAttribute('aria-label', t(each.dataset.aria)); });
    document.querySelectorAll('[data-language]').forEach(function (each) {
      each.setAttribute('aria-pressed', String(each.dataset.language === language));
    });
    card('empty').hidden = !!sales;
    card('figures').hidden = !sales;
    if (sales) {
      kpis();
      trend();
      hours();
      departments();
      categories();
      groups('segments', SEGMENTS, sales.segments, t('segments.segment'));
      groups('classes', CLASSES, sales.valueClasses, t('classes.class'));
      top();
      stores();
    }
    quality();
    if (!unfinished.size) {
      root.dataset.charts = 'finished';
    }
  }

  document.querySelectorAll('[data-language]').forEach(function (button) {
    button.addEventListener('click', function () {
      language = button.dataset.language;
      try {
        localStorage.setItem(STORAGE, language);
      } catch (e) {
        // Then the choice lasts as long as the page is open.
      }
      render();
    });
  });
  document.querySelectorAll('[data-step]').forEach(function (button) {
    button.addEventListener('click', function () {
      step = button.dataset.step;
      render();
    });
  });

  var drawnWidth = innerWidth;
  var waiting;
  window.addEventListener('resize', function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      if (innerWidth !== drawnWidth) {
        drawnWidth = innerWidth;
        render();
      }
    }, 120);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', render);
  // Paper is white and narrow; canvases do not follow style sheets, so they are drawn again for it.
  window.addEventListener('beforeprint', function () {
    root.dataset.print = '';
    render();
  });
  window.addEventListener('afterprint', function () {
    delete root.dataset.print;
    render();
  });
  render();
})();
