(function () {
  'use strict';

  var labels = JSON.parse(document.getElementById('labels').textContent);
  var data = JSON.parse(document.getElementById('data').textContent);
  var root = document.documentElement;
  var main = document.getElementById('main');
  var side = document.getElementById('side');
  var THEMES = ['auto', 'light', 'dark'];
  var language = stored('storefact.language', ['en', 'zh'], /^zh/i.test(navigator.language || '') ? 'zh' : 'en');
  var theme = stored('storefact.theme', THEMES, 'auto');
  var steps = 1;

  // ---------------------------------------------------------------- what there is

  var tables = {};
  var columns = {};
  var metrics = {};
  var uses = {};
  var usesOfRows = {};
  data.tables.forEach(function (table) {
    tables[table.id] = table;
    table.columns.forEach(function (column) {
      columns[table.id + '.' + column.name] = {id: table.id + '.' + column.name, table: table, column: column};
      column.from.forEach(function (from) { push(uses, from, {kind: 'column', id: table.id + '.' + column.name}); });
    });
    table.decides.forEach(function (by) { push(usesOfRows, by.column, {how: by.how, table: table.id}); });
  });
  data.metrics.forEach(function (metric) {
    metrics[metric.name] = metric;
    metric.columns.forEach(function (from) { push(uses, from, {kind: 'metric', id: metric.name}); });
  });
  data.exposures.forEach(function (exposure) {
    exposure.columns.forEach(function (from) { push(uses, from, {kind: 'exposure', id: exposure.name}); });
  });
  var dimensions = {};
  data.dimensions.forEach(function (dimension) { dimensions[dimension.name] = dimension; });

  function push(map, key, value) {
    (map[key] = map[key] || []).push(value);
  }

  function tableOf(column) {
    return column.slice(0, column.lastIndexOf('.'));
  }

  function unique(values) {
    return values.filter(function (value, at) { return values.indexOf(value) === at; });
  }

  // Tables that a table reads, and that read it.
  function sourcesOf(id) {
    return tables[id].reads.filter(function (read) { return tables[read]; });
  }

  var readers = {};
  data.tables.forEach(function (table) {
    var reads = table.reads.slice();
    table.columns.forEach(function (column) { column.from.forEach(function (from) { reads.push(tableOf(from)); }); });
    table.reads = unique(reads).filter(function (read) { return read !== table.id; });
    table.reads.forEach(function (read) { push(readers, read, table.id); });
  });
  var metricsOf = {};
  data.metrics.forEach(function (metric) {
    unique(metric.columns.map(tableOf)).forEach(function (id) { push(metricsOf, id, metric); });
  });
  var exposuresOf = {};
  data.exposures.forEach(function (exposure) {
    unique(exposure.columns.map(tableOf)).forEach(function (id) { push(exposuresOf, id, exposure); });
  });

  // ---------------------------------------------------------------- words and numbers

  function stored(key, allowed, otherwise) {
    try {
      var value = localStorage.getItem(key);
      return allowed.indexOf(value) >= 0 ? value : otherwise;
    } catch (e) {
      // A page opened from a file may have no storage.
      return otherwise;
    }
  }

  function keep(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch (e) {
      // Then the choice lasts as long as the page.
    }
  }

  function t(key, values) {
    return labels[key][language].replace(/\{(\w+)\}/g, function (whole, name) {
      return values && name in values ? values[name] : whole;
    });
  }

  // Words of the warehouse that are few: owners of tables. One that has no translation is shown as it is.
  function owner(name) {
    return labels['owner.' + name] ? t('owner.' + name) : name;
  }

  // Why a build ran: what was new or changed, one after the other.
  function why(reasons) {
    return reasons.split(', ').map(function (reason) {
      var key = 'why.' + reason.replace(/ /g, '_');
      if (labels[key]) {
        return t(key);
      }
      return reason.replace(/^(\S+) changed$/, function (whole, source) { return t('why.changed', {source: source}); });
    }).join(', ');
  }

  // A name may break after its parts, nowhere else.
  function name(text) {
    return text.split(/(?<=[._])/).map(function (part, at) { return at === 0 ? part : [el('wbr'), part]; });
  }

  function w(pair) {
    return pair[language] || pair.en;
  }

  function locale() {
    return language === 'zh' ? 'zh-CN' : 'en-GB';
  }

  function count(value) {
    return new Intl.NumberFormat(locale()).format(value);
  }

  function bytes(value) {
    var units = ['B', 'kB', 'MB', 'GB', 'TB'];
    var at = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
    return new Intl.NumberFormat(locale(), {maximumSignificantDigits: 3}).format(value / Math.pow(1000, at)) + ' ' + units[at];
  }

  function seconds(value) {
    return new Intl.NumberFormat(locale(), {maximumFractionDigits: 2, minimumFractionDigits: 2}).format(value);
  }

  function moment(at) {
    return new Intl.DateTimeFormat(locale(), {day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit'}).format(new Date(at * 1000));
  }

  function span(secs) {
    var hour = secs >= 3600;
    return new Intl.NumberFormat(locale(), {style: 'unit', unit: hour ? 'hour' : 'minute', unitDisplay: 'long'}).format(secs / (hour ? 3600 : 60));
  }

  // ---------------------------------------------------------------- page building

  function el(name, attributes) {
    var node = document.createElement(name);
    fill(node, attributes || {});
    append(node, Array.prototype.slice.call(arguments, 2));
    return node;
  }

  function fill(node, attributes) {
    Object.keys(attributes).forEach(function (key) {
      if (key === 'onclick') {
        node.addEventListener('click', attributes[key]);
      } else if (attributes[key] !== undefined && attributes[key] !== false) {
        node.setAttribute(key, attributes[key]);
      }
    });
  }

  function append(node, children) {
    children.forEach(function (child) {
      if (Array.isArray(child)) {
        append(node, child);
      } else if (child !== undefined && child !== null && child !== false) {
        node.append(child);
      }
    });
  }

  function tableLink(id) {
    return '#/t/' + id;
  }

  function columnLink(id) {
    return '#/c/' + id;
  }

  function badge(kind) {
    return el('span', {class: 'badge kind k-' + kind}, t('kind.' + kind));
  }

  function fact(label, value, more, wide) {
    return el('div', wide ? {class: 'wide'} : {}, el('dt', {}, t(label)), el('dd', {}, value, more && el('small', {}, more)));
  }

  function grid(head, rows) {
    return el('div', {class: 'table'}, el('table', {},
      el('thead', {}, el('tr', {}, head.map(function (cell) { return el('th', {class: cell.className, scope: 'col'}, t(cell.label)); }))),
      el('tbody', {}, rows)));
  }

  function query(title, sql, more) {
    var button = el('button', {onclick: function () {
      copy(sql).then(function () {
        button.textContent = t('copied');
        setTimeout(function () { button.textContent = t('copy'); }, 1500);
      });
    }}, t('copy'));
    return el('div', {class: 'query'}, el('div', {}, el('b', {}, title), more && el('small', {}, more), button), el('pre', {tabindex: 0}, el('code', {}, sql)));
  }

  function copy(text) {
    if (navigator.clipboard) {
      return navigator.clipboard.writeText(text);
    }
    // From a file some browsers have no clipboard: the old way.
    var area = el('textarea', {});
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    return Promise.resolve();
  }

  // ---------------------------------------------------------------- how it stands

  function freshness(table) {
    if (!table.fresh) {
      return null;
    }
    return table.fresh.builtAt === null ? 'unbuilt' : table.fresh.kept ? 'fresh' : 'late';
  }

  function colour(state) {
    return state === 'fresh' || state === 'holds' ? 'good' : state === 'late' || state === 'broken' ? 'bad' : 'quiet';
  }

  function checkState(check) {
    return check.runs.length === 0 ? 'unrun' : check.runs[0].failures === 0 ? 'holds' : check.severity === 'warning' ? 'warned' : 'broken';
  }

  function states(table) {
    return table.checks.map(checkState);
  }

  function dot(table) {
    var fresh = freshness(table);
    var broken = states(table).indexOf('broken') >= 0;
    var kind = broken || fresh === 'late' ? 'bad' : fresh === 'unbuilt' ? 'none' : states(table).indexOf('warned') >= 0 ? 'warn' : '';
    return el('span', {class: 'dot ' + kind, title: fresh ? t('state.' + fresh) : ''});
  }

  // ---------------------------------------------------------------- the side

  var GROUPS = [['mart', 'mart'], ['dw', 'dw'], ['star', 'star'], ['event', 'event'], ['raw', 'raw'], ['books', 'ops', 'cfg']];

  function inGroup(group) {
    return data.tables.filter(function (table) { return group.indexOf(table.id.split('.')[0], 1) >= 0; });
  }

  function drawSide(here) {
    side.textContent = '';
    side.setAttribute('aria-label', t('menu'));
    section('metric', data.metrics.map(function (metric) {
      return {href: '#/m/' + metric.name, name: w(metric.label)};
    }));
    GROUPS.forEach(function (group) {
      section(group[0], inGroup(group).map(function (table) {
        return {href: tableLink(table.id), name: group[0] === 'books' ? table.id : table.id.split('.')[1], table: table};
      }));
    });
    section('exposure', data.exposures.map(function (exposure) { return {href: '#/e/' + exposure.name, name: w(exposure.title)}; }));

    function section(name, items) {
      if (items.length === 0) {
        return;
      }
      var current = items.some(function (item) { return item.href === here; });
      side.append(el('details', {open: current || name === 'metric' || name === 'mart' ? '' : undefined},
        el('summary', {}, t('group.' + name) + ' ', el('span', {}, items.length)),
        items.map(function (item) {
          return el('a', {href: item.href, 'aria-current': item.href === here ? 'page' : undefined},
            item.name, item.table && item.table.kind === 'mart' && dot(item.table));
        })));
    }
  }

  // ---------------------------------------------------------------- pages

  function home() {
    var marts = inGroup(GROUPS[0]);
    var all = [];
    data.tables.forEach(function (table) { all = all.concat(states(table)); });
    var persons = Object.keys(columns).filter(function (id) { return columns[id].column.personal; }).length;
    title(t('title'));
    add(el('h1', {}, t('title')), el('p', {class: 'lead'}, t('home.lead')));
    add(el('div', {class: 'kpis'},
      kpi('home.marts', marts.length, [
        part('home.fresh', tally(marts, 'fresh'), 'good'), part('home.late', tally(marts, 'late'), 'bad'), part('home.unbuilt', tally(marts, 'unbuilt'), 'quiet')]),
      kpi('home.checks', all.length, [
        part('home.hold', of(all, 'holds'), 'good'), part('home.broken', of(all, 'broken') + of(all, 'warned'), 'bad'), part('home.unrun', of(all, 'unrun'), 'quiet')]),
      kpi('home.metrics', data.metrics.length, [part('home.dimensions', data.dimensions.length, 'quiet')]),
      kpi('home.columns', Object.keys(columns).length, [part('home.tables', data.tables.length, 'quiet'), part('home.personal', persons, 'quiet')])));
    heading('group.mart');
    add(grid([{label: 'fact.name'}, {label: 'fact.owner', className: 'roomy'}, {label: 'fact.fresh'}, {label: 'fact.rows', className: 'number roomy'}, {label: 'home.checks', className: 'number'}],
      marts.map(function (table) {
        var fresh = freshness(table);
        var broken = of(states(table), 'broken') + of(states(table), 'warned');
        return el('tr', {},
          el('td', {}, el('a', {href: tableLink(table.id)}, el('code', {}, name(table.id.split('.')[1]))), el('span', {class: 'sub'}, w(table.about))),
          el('td', {class: 'roomy'}, owner(table.owner)),
          el('td', {class: 'name ' + colour(fresh)}, t('state.' + fresh)),
          el('td', {class: 'number roomy'}, table.rows === null ? '–' : count(table.rows)),
          el('td', {class: 'number ' + (broken ? 'bad' : '')}, broken ? t('home.broken', {n: broken}) : count(table.checks.length)));
      })));
    heading('group.metric');
    add(el('div', {class: 'cards'}, data.metrics.map(function (metric) {
      return el('a', {href: '#/m/' + metric.name}, el('b', {}, w(metric.label)), el('code', {}, metric.name), el('small', {}, w(metric.about)));
    })));
    GROUPS.slice(1).forEach(function (group) {
      heading('group.' + group[0]);
      add(el('div', {class: 'cards'}, inGroup(group).map(function (table) {
        return el('a', {href: tableLink(table.id)}, el('code', {}, table.id), el('small', {}, w(table.about)));
      })));
    });

    function of(list, state) {
      return list.filter(function (each) { return each === state; }).length;
    }

    function tally(list, state) {
      return of(list.map(freshness), state);
    }

    function part(label, n, className) {
      return n > 0 && el('span', {class: className}, t(label, {n: count(n)}));
    }

    function kpi(label, value, more) {
      return el('div', {class: 'kpi'}, el('span', {}, t(label)), el('strong', {}, count(value)),
        el('small', {}, more.filter(Boolean).map(function (each, at) { return [at > 0 && ' · ', each]; })));
    }
  }

  function tablePage(id) {
    var table = tables[id];
    title(id);
    add(el('h1', {}, badge(table.kind), ' ', el('code', {}, id)), el('p', {class: 'lead'}, w(table.about)));
    var fresh = freshness(table);
    add(el('dl', {class: 'facts'},
      fact('fact.owner', owner(table.owner)),
      table.grain.length > 0 && fact('fact.grain', table.grain.join(', '), null, table.grain.length > 3),
      fresh && fact('fact.fresh', el('span', {class: colour(fresh)}, t('state.' + fresh)),
        [t('fact.promise', {time: span(table.fresh.promisedSeconds)}), table.fresh.builtAt !== null && el('br'), table.fresh.builtAt !== null && t('fact.built', {at: moment(table.fresh.builtAt)})]),
      table.rows !== null && fact('fact.rows', count(table.rows)),
      table.bytes !== null && fact('fact.bytes', bytes(table.bytes)),
      table.readAs !== id && fact('fact.readAs', tables[table.readAs] ? el('a', {href: tableLink(table.readAs)}, el('code', {}, table.readAs)) : el('code', {}, table.readAs)),
      table.tags.length > 0 && fact('fact.tags', table.tags.join(', '))));
    heading('section.columns', table.columns.length);
    add(grid([{label: 'column.name'}, {label: 'column.about'}, {label: 'column.type', className: 'roomy'}, {label: 'column.from', className: 'number roomy'}, {label: 'column.used', className: 'number roomy'}],
      table.columns.map(function (column) {
        var whole = id + '.' + column.name;
        return el('tr', {id: 'column-' + column.name},
          el('td', {}, el('a', {href: columnLink(whole)}, el('code', {}, name(column.name))), el('span', {class: 'sub'}, w(column.label))),
          el('td', {}, w(column.about), table.grain.indexOf(column.name) >= 0 && el('span', {class: 'badge'}, t('key')), column.personal && el('span', {class: 'badge personal'}, t('personal'))),
          el('td', {class: 'roomy'}, el('code', {class: 'quiet'}, column.type), column.unit.en && el('span', {class: 'sub'}, w(column.unit))),
          el('td', {class: 'number roomy quiet'}, count(column.from.length)),
          el('td', {class: 'number roomy quiet'}, count((uses[whole] || []).length + (usesOfRows[whole] || []).length)));
      })));
    lineage(id, function () { return tableGraph(id, steps); }, 'graph.tables', !table.columnsKnown && t('unknown'));
    if (table.decides.length > 0) {
      add(el('p', {class: 'note'}, t('rows.by'), ' ', unique(table.decides.map(function (by) { return by.column; })).map(function (column, at) {
        var hows = unique(table.decides.filter(function (by) { return by.column === column; }).map(function (by) { return t('how.' + by.how); }));
        return [at > 0 && ', ', columns[column] ? el('a', {href: columnLink(column)}, column) : column, ' (' + hows.join(', ') + ')'];
      })));
    }
    if (table.checks.length > 0) {
      heading('section.checks', table.checks.length);
      add(grid([{label: 'check.name'}, {label: 'check.last'}, {label: 'check.history', className: 'roomy'}], table.checks.map(checkRow)));
    }
    if (table.builds.length > 0) {
      heading('section.builds');
      add(grid([{label: 'build.at'}, {label: 'build.why'}, {label: 'build.partitions', className: 'number'}, {label: 'build.seconds', className: 'number'}], table.builds.slice(0, 8).map(function (build) {
        return el('tr', {}, el('td', {}, moment(build.at)), el('td', {}, why(build.why)), el('td', {class: 'number'}, count(build.partitions)), el('td', {class: 'number'}, seconds(build.seconds)));
      })));
    }
    if (table.samples.length > 0) {
      heading('section.samples');
      table.samples.forEach(function (sample) {
        add(query(w(sample.title), sample.sql, t('sample.ran', {rows: count(sample.rows), seconds: seconds(sample.seconds)})));
      });
    }
    if (table.sql) {
      add(el('details', {class: 'sql'}, el('summary', {}, t('section.definition')), query(id, table.sql)));
    }
  }

  function checkRow(check) {
    var state = checkState(check);
    var last = check.runs[0];
    return el('tr', {},
      el('td', {}, w(check.title), check.severity === 'warning' && el('span', {class: 'badge'}, t('check.warning'))),
      el('td', {class: state === 'warned' ? 'warn' : colour(state)},
        state === 'unrun' || state === 'holds' ? t('state.' + state) : t('state.broken', {n: count(last.failures)}),
        last && el('span', {class: 'sub'}, moment(last.at))),
      el('td', {class: 'roomy'}, el('span', {class: 'runs'}, check.runs.slice().reverse().map(function (run) {
        return el('i', {class: run.failures > 0 ? 'bad' : '', title: moment(run.at) + ': ' + (run.failures > 0 ? t('state.broken', {n: count(run.failures)}) : t('state.holds'))});
      }))));
  }

  function columnPage(id) {
    var found = columns[id];
    var column = found.column;
    title(id);
    add(el('h1', {}, badge('column'), ' ', el('code', {}, el('a', {href: tableLink(found.table.id)}, found.table.id), '.' + column.name)), el('p', {class: 'lead'}, w(column.about)));
    add(el('dl', {class: 'facts'},
      fact('fact.label', w(column.label)),
      fact('fact.type', el('code', {}, column.type)),
      column.unit.en && fact('fact.unit', w(column.unit)),
      column.personal && fact('fact.personal', el('span', {class: 'bad'}, t('fact.personal.yes')))));
    lineage(id, function () { return columnGraph(id, steps); }, 'graph.hint', !found.table.columnsKnown && t('unknown'));
    heading('section.from');
    add(column.from.length === 0 ? el('p', {class: 'quiet'}, t('nothing.from')) : links(column.from));
    var touched = trace([id], forward).filter(function (each) { return each !== id; });
    heading('section.to', touched.length);
    add(touched.length === 0 ? el('p', {class: 'quiet'}, t('nothing.to')) : links(nearestToPeople(touched)));
    var rows = usesOfRows[id] || [];
    if (rows.length > 0) {
      heading('section.decides');
      add(el('ul', {class: 'list'}, rows.map(function (use) {
        return el('li', {}, badge(tables[use.table].kind), el('a', {href: tableLink(use.table)}, el('code', {}, use.table)), ' ', el('span', {class: 'quiet'}, t('how.' + use.how)));
      })));
    }
  }

  // Whom a change reaches stands first.
  function nearestToPeople(ids) {
    var order = ['page', 'chart', 'mail', 'metric', 'mart', 'view'];
    return ids.map(function (id, at) {
      var place = order.indexOf(node(id).kind);
      return {id: id, order: (place < 0 ? order.length : place) * 1e6 + at};
    }).sort(function (left, right) { return left.order - right.order; }).map(function (each) { return each.id; });
  }

  // What stands at the end of a line: a column, m:metric or e:exposure.
  function links(ids) {
    return el('ul', {class: 'list'}, ids.map(function (id) {
      var target = node(id);
      return el('li', {}, badge(target.kind), target.href ? el('a', {href: target.href}, el('code', {}, name(target.name))) : el('code', {}, name(target.name)), ' ', el('span', {class: 'quiet'}, target.label));
    }));
  }

  function node(id) {
    if (id.indexOf('m:') === 0) {
      var metric = metrics[id.slice(2)];
      return {kind: 'metric', name: metric.name, label: w(metric.label), href: '#/m/' + metric.name};
    }
    if (id.indexOf('e:') === 0) {
      var exposure = data.exposures.filter(function (each) { return each.name === id.slice(2); })[0];
      return {kind: exposure.kind, name: exposure.name, label: w(exposure.title), href: '#/e/' + exposure.name};
    }
    var column = columns[id];
    return {kind: column ? column.table.kind : 'table', name: id, label: column ? w(column.column.label) : '', href: column && columnLink(id)};
  }

  function metricPage(name) {
    var metric = metrics[name];
    title(w(metric.label));
    add(el('h1', {}, badge('metric'), ' ', w(metric.label), el('span', {class: 'second'}, el('code', {}, name))), el('p', {class: 'lead'}, w(metric.about)));
    add(el('dl', {class: 'facts'},
      fact('fact.formula', el('code', {}, metric.formula), null, true),
      fact('fact.unit', w(metric.unit)),
      fact('fact.adds', w(metric.additivity), null, true),
      metric.from.length > 0 && fact('fact.from', metric.from.map(function (part, at) {
        return [at > 0 && ', ', el('a', {href: '#/m/' + part}, w(metrics[part].label))];
      }), null, true)));
    heading('section.ask');
    add(query(t('section.ask'), metric.command));
    heading('section.by', metric.by.length);
    add(el('div', {class: 'chips'}, metric.by.map(function (each) {
      return el('span', {}, el('code', {}, each), ' ', el('span', {class: 'quiet'}, w(dimensions[each].label)));
    })));
    lineage(name, function () { return columnGraph('m:' + name, steps); }, 'graph.hint');
    heading('section.from', metric.columns.length);
    add(metric.columns.length === 0 ? el('p', {class: 'quiet'}, t('nothing.from')) : links(metric.columns));
    add(el('details', {class: 'sql'}, el('summary', {}, 'SQL'), query(metric.name, metric.sample.sql, metric.sample.seconds > 0 && t('sample.ran', {rows: count(metric.sample.rows), seconds: seconds(metric.sample.seconds)}))));
  }

  function exposurePage(name) {
    var exposure = data.exposures.filter(function (each) { return each.name === name; })[0];
    title(w(exposure.title));
    add(el('h1', {}, badge(exposure.kind), ' ', w(exposure.title)));
    lineage(w(exposure.title), function () { return columnGraph('e:' + name, steps); }, 'graph.hint');
    heading('section.shows', exposure.columns.length);
    add(links(exposure.columns));
  }

  function missing(name) {
    title(t('title'));
    add(el('h1', {}, t('missing', {name: name})), el('p', {}, el('a', {href: '#/'}, t('title'))));
  }

  function title(name) {
    document.title = name + ' · Storefact';
  }

  function add() {
    append(main, Array.prototype.slice.call(arguments));
  }

  function heading(label, n) {
    var head = el('h2', {}, t(label), n !== undefined && el('small', {}, count(n)));
    add(head);
    return head;
  }

  // ---------------------------------------------------------------- lineage

  function forward(id) {
    return (uses[id] || []).map(function (use) {
      return use.kind === 'column' ? use.id : (use.kind === 'metric' ? 'm:' : 'e:') + use.id;
    });
  }

  function backward(id) {
    if (id.indexOf('m:') === 0) {
      return metrics[id.slice(2)].columns;
    }
    if (id.indexOf('e:') === 0) {
      return data.exposures.filter(function (each) { return each.name === id.slice(2); })[0].columns;
    }
    return columns[id] ? columns[id].column.from : [];
  }

  function trace(from, next, most) {
    var seen = from.slice();
    var edge = from;
    for (var step = 0; edge.length > 0 && step < (most || Infinity); step++) {
      var found = [];
      edge.forEach(function (id) {
        next(id).forEach(function (other) {
          if (seen.indexOf(other) < 0) {
            seen.push(other);
            found.push(other);
          }
        });
      });
      edge = found;
    }
    return seen;
  }

  function lineage(name, graph, hint, warning) {
    var head = heading('section.lineage');
    var place = el('div', {class: 'graph', role: 'group', 'aria-label': t('graph.of', {name: name})});
    var choice = el('div', {class: 'switch', role: 'group', 'aria-label': t('steps')}, [1, 2, 99].map(function (n) {
      return el('button', {'data-steps': n, onclick: function () { steps = n; draw(); }}, n === 99 ? t('steps.all') : count(n));
    }));
    head.append(el('small', {}, t('steps')), choice);
    choice.style.marginLeft = '0';
    add(place, el('p', {class: 'note'}, t(hint)), warning && el('p', {class: 'note warn'}, warning));
    draw();

    function draw() {
      choice.querySelectorAll('button').forEach(function (button) {
        button.setAttribute('aria-pressed', String(Number(button.dataset.steps) === steps));
      });
      place.textContent = '';
      drawGraph(place, graph());
    }
  }

  function tableGraph(id, most) {
    var boxes = {};
    var lines = [];
    var up = trace([id], sourcesOf, most);
    var down = trace([id], function (each) { return readers[each] || []; }, most);
    var all = unique(up.concat(down));
    all.forEach(function (each) { boxes[each] = tableBox(each, each === id); });
    all.forEach(function (each) {
      sourcesOf(each).forEach(function (source) {
        // Between a source and a use of the same table there may be lines that do not pass through it.
        if (boxes[source] && (up.indexOf(each) >= 0 ? up.indexOf(source) >= 0 : true)) {
          lines.push({from: source, to: each});
        }
      });
    });
    var ends = most > 1 ? down : [id];
    ends.forEach(function (each) {
      (metricsOf[each] || []).forEach(function (metric) { row('metrics', 'used.metrics', 'metric', each, 'm:' + metric.name, metric.name, '#/m/' + metric.name); });
      (exposuresOf[each] || []).forEach(function (exposure) { row('exposures', 'used.exposures', 'page', each, 'e:' + exposure.name, w(exposure.title), '#/e/' + exposure.name); });
    });
    return {boxes: boxes, lines: lines};

    function row(box, label, kind, from, rowId, text, href) {
      boxes[box] = boxes[box] || {title: t(label), kind: kind, rows: []};
      if (!boxes[box].rows.some(function (each) { return each.id === rowId; })) {
        boxes[box].rows.push({id: rowId, text: text, href: href});
      }
      if (!lines.some(function (line) { return line.from === from && line.to === box; })) {
        lines.push({from: from, to: box});
      }
    }
  }

  function tableBox(id, focus) {
    return {title: id, kind: tables[id] ? tables[id].kind : 'table', href: tables[id] && tableLink(id), focus: focus, rows: []};
  }

  function columnGraph(id, most) {
    var boxes = {};
    var lines = [];
    var up = trace([id], backward, most);
    var down = trace([id], forward, most);
    var all = unique(up.concat(down));
    all.forEach(function (each) {
      var target = node(each);
      var metric = each.indexOf('m:') === 0;
      var exposure = each.indexOf('e:') === 0;
      var box = metric ? 'metrics' : exposure ? 'exposures' : tableOf(each);
      boxes[box] = boxes[box] || (metric ? {title: t('used.metrics'), kind: 'metric', rows: []} : exposure ? {title: t('used.exposures'), kind: 'page', rows: []} : tableBox(box, false));
      boxes[box].rows.push({id: each, text: metric ? target.name : exposure ? target.label : each.slice(each.lastIndexOf('.') + 1), href: target.href, on: each === id});
      boxes[box].focus = boxes[box].focus || each === id;
    });
    all.forEach(function (each) {
      backward(each).forEach(function (source) {
        if (all.indexOf(source) >= 0) {
          lines.push({from: boxOf(source), fromRow: source, to: boxOf(each), toRow: each, near: each === id || source === id});
        }
      });
    });
    if (id.indexOf(':') < 0) {
      (usesOfRows[id] || []).forEach(function (use) {
        boxes[use.table] = boxes[use.table] || tableBox(use.table, false);
        if (use.table !== tableOf(id)) {
          lines.push({from: tableOf(id), fromRow: id, to: use.table, dashed: true});
        }
      });
    }
    return {boxes: boxes, lines: lines};

    function boxOf(each) {
      return each.indexOf('m:') === 0 ? 'metrics' : each.indexOf('e:') === 0 ? 'exposures' : tableOf(each);
    }
  }

  var SVG = 'http://www.w3.org/2000/svg';
  var HEAD = 28;
  var ROW = 22;
  var CHARACTER = 7.3;

  function svg(name, attributes) {
    var shape = document.createElementNS(SVG, name);
    fill(shape, attributes || {});
    append(shape, Array.prototype.slice.call(arguments, 2));
    return shape;
  }

  // Chinese characters take about two places of a fixed-width font.
  function width(text) {
    return text.replace(/[^\x00-\xff]/g, 'xx').length * CHARACTER;
  }

  function drawGraph(place, graph) {
    var layout = new dagre.graphlib.Graph();
    layout.setGraph({rankdir: 'LR', nodesep: 16, ranksep: 70, marginx: 18, marginy: 18});
    layout.setDefaultEdgeLabel(function () { return {}; });
    var ids = Object.keys(graph.boxes);
    ids.forEach(function (id) {
      var box = graph.boxes[id];
      box.rows.sort(function (left, right) { return left.text < right.text ? -1 : 1; });
      var widest = Math.max.apply(null, [width(box.title) * 1.04].concat(box.rows.map(function (row) { return width(row.text); })));
      layout.setNode(id, {width: Math.max(90, widest + 26), height: HEAD + box.rows.length * ROW + (box.rows.length ? 6 : 0)});
    });
    graph.lines.forEach(function (line) {
      if (line.from !== line.to) {
        layout.setEdge(line.from, line.to);
      }
    });
    dagre.layout(layout);
    var size = layout.graph();
    var drawing = svg('svg', {width: Math.ceil(size.width), height: Math.ceil(size.height), viewBox: '0 0 ' + Math.ceil(size.width) + ' ' + Math.ceil(size.height)});
    drawing.style.maxWidth = 'none';
    drawing.style.minWidth = Math.ceil(size.width) + 'px';
    graph.lines.forEach(function (line) {
      if (line.from === line.to) {
        return;
      }
      var from = layout.node(line.from);
      var to = layout.node(line.to);
      var backwards = from.x > to.x;
      var x1 = from.x + (backwards ? -1 : 1) * from.width / 2;
      var x2 = to.x + (backwards ? 1 : -1) * to.width / 2;
      var y1 = rowAt(line.from, line.fromRow);
      var y2 = rowAt(line.to, line.toRow);
      // The layout's own way leads around the boxes between; its ends lie on boxes, not on rows.
      var way = [{x: x1, y: y1}].concat(between(layout.edge(line.from, line.to).points, x1, x2), [{x: x2, y: y2}]);
      drawing.append(svg('path', {class: 'edge' + (line.dashed ? ' dashed' : '') + (line.near ? ' near' : ''), d: curve(way)}));
    });
    var focus = null;
    ids.forEach(function (id) {
      var box = graph.boxes[id];
      var at = layout.node(id);
      var left = at.x - at.width / 2;
      var top = at.y - at.height / 2;
      if (box.focus) {
        focus = at;
      }
      drawing.append(svg('g', {class: 'c-' + box.kind + (box.focus ? ' focus' : '')},
        svg('rect', {class: 'box', x: left, y: top, width: at.width, height: at.height, rx: 8}),
        svg('rect', {class: 'head', x: left, y: top, width: at.width, height: HEAD, rx: 8}),
        entry(box.title, box.href, left, top, HEAD, at.width, 'title', false),
        box.rows.map(function (row, n) { return entry(row.text, row.href, left, top + HEAD + 3 + n * ROW, ROW, at.width, '', row.on); })));
    });
    place.append(drawing);
    if (focus) {
      place.scrollLeft = focus.x - place.clientWidth / 2;
      place.scrollTop = focus.y - place.clientHeight / 2;
    }

    function between(points, x1, x2) {
      var low = Math.min(x1, x2) + 35;
      var high = Math.max(x1, x2) - 35;
      return points.slice(1, -1).filter(function (point) { return point.x > low && point.x < high; });
    }

    function curve(way) {
      return way.reduce(function (path, point, at) {
        if (at === 0) {
          return 'M' + point.x + ' ' + point.y;
        }
        var last = way[at - 1];
        var bend = (point.x - last.x) / 2;
        return path + 'C' + (last.x + bend) + ' ' + last.y + ' ' + (point.x - bend) + ' ' + point.y + ' ' + point.x + ' ' + point.y;
      }, '');
    }

    function rowAt(id, row) {
      var at = layout.node(id);
      var top = at.y - at.height / 2;
      var n = graph.boxes[id].rows.map(function (each) { return each.id; }).indexOf(row);
      return n < 0 ? top + HEAD / 2 : top + HEAD + 3 + n * ROW + ROW / 2;
    }

    function entry(text, href, left, top, height, wide, className, on) {
      var inner = [
        svg('rect', {class: 'hit', x: left + 3, y: top + 1, width: wide - 6, height: height - 2, rx: 5}),
        svg('text', {class: className, x: left + 12, y: top + height / 2 + 4}, text)];
      return href ? svg('a', {href: href, class: on ? 'on' : ''}, inner) : svg('g', {class: on ? 'on' : ''}, inner);
    }
  }

  // ---------------------------------------------------------------- search

  var input = document.getElementById('search');
  var hits = document.getElementById('hits');
  var MOST_HITS = 40;
  var index = [];
  data.metrics.forEach(function (metric) {
    index.push(entryOf('metric', metric.name, metric.label, metric.about, '#/m/' + metric.name, 0));
  });
  data.tables.forEach(function (table) {
    var rank = {mart: 1, view: 2, table: 3, stream: 5, lake: 6}[table.kind];
    index.push(entryOf(table.kind, table.id, {en: '', zh: ''}, table.about, tableLink(table.id), rank));
    table.columns.forEach(function (column) {
      index.push(entryOf('column', table.id + '.' + column.name, column.label, column.about, columnLink(table.id + '.' + column.name), 10 + rank));
    });
  });
  data.exposures.forEach(function (exposure) {
    index.push(entryOf(exposure.kind, exposure.name, exposure.title, {en: '', zh: ''}, '#/e/' + exposure.name, 4));
  });

  function entryOf(kind, name, label, about, href, rank) {
    var last = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    return {kind: kind, name: name, last: last, label: label, about: about, href: href, rank: rank,
      words: (label.en + ' ' + label.zh).toLowerCase(), text: (name + ' ' + name.replace(/_/g, ' ') + ' ' + label.en + ' ' + label.zh + ' ' + about.en + ' ' + about.zh).toLowerCase()};
  }

  function find(text) {
    var parts = text.toLowerCase().split(/\s+/).filter(Boolean);
    var joined = parts.join('_');
    return index.filter(function (entry) {
      return parts.every(function (part) { return entry.text.indexOf(part) >= 0; });
    }).map(function (entry) {
      var closeness = entry.last === joined || entry.name.toLowerCase() === parts.join('.') || entry.label.zh === text || entry.label.en === text ? 0
        : entry.last.indexOf(joined) === 0 ? 20
          : entry.last.indexOf(joined) >= 0 || parts.every(function (part) { return entry.words.indexOf(part) >= 0; }) ? 40 : 80;
      return {entry: entry, score: closeness + entry.rank};
    }).sort(function (left, right) {
      return left.score - right.score || (left.entry.name < right.entry.name ? -1 : 1);
    }).map(function (found) { return found.entry; });
  }

  function showHits() {
    var text = input.value.trim();
    hits.textContent = '';
    var open = text !== '';
    hits.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
    input.removeAttribute('aria-activedescendant');
    if (!open) {
      return;
    }
    var found = find(text);
    found.slice(0, MOST_HITS).forEach(function (entry, at) {
      var dotAt = entry.name.lastIndexOf('.');
      hits.append(el('a', {href: entry.href, role: 'option', id: 'hit-' + at, 'aria-selected': String(at === 0), tabindex: -1},
        badge(entry.kind),
        el('span', {}, el('code', {class: 'where'}, entry.kind === 'column' ? entry.name.slice(0, dotAt + 1) : ''), el('code', {}, el('b', {}, entry.kind === 'column' ? entry.name.slice(dotAt + 1) : entry.name)), ' ', w(entry.label)),
        el('small', {}, w(entry.about))));
    });
    if (found.length === 0) {
      hits.append(el('p', {}, t('hits.none', {q: text})));
    } else {
      input.setAttribute('aria-activedescendant', 'hit-0');
    }
    if (found.length > MOST_HITS) {
      hits.append(el('p', {}, t('hits.more', {n: count(found.length - MOST_HITS)})));
    }
  }

  function closeHits() {
    hits.hidden = true;
    input.setAttribute('aria-expanded', 'false');
  }

  input.addEventListener('input', showHits);
  input.addEventListener('focus', function () { if (input.value) { showHits(); } });
  input.addEventListener('keydown', function (event) {
    var options = Array.prototype.slice.call(hits.querySelectorAll('[role=option]'));
    var at = options.findIndex(function (option) { return option.getAttribute('aria-selected') === 'true'; });
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      var next = Math.max(0, Math.min(options.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)));
      options.forEach(function (option, n) { option.setAttribute('aria-selected', String(n === next)); });
      if (options[next]) {
        options[next].scrollIntoView({block: 'nearest'});
        input.setAttribute('aria-activedescendant', options[next].id);
      }
    } else if (event.key === 'Enter' && options[at] && !hits.hidden) {
      event.preventDefault();
      location.hash = options[at].getAttribute('href');
      input.blur();
      closeHits();
    } else if (event.key === 'Escape') {
      closeHits();
      input.blur();
    }
  });
  document.addEventListener('keydown', function (event) {
    if (event.key === '/' && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
  document.addEventListener('click', function (event) {
    if (!event.target.closest('.search') || event.target.closest('#hits a')) {
      closeHits();
    }
    if (!event.target.closest('nav, #menu') || event.target.closest('nav a')) {
      openSide(false);
    }
  });

  // ---------------------------------------------------------------- all of it

  var PAGES = {t: [tables, tablePage], c: [columns, columnPage], m: [metrics, metricPage]};
  var menu = document.getElementById('menu');

  function openSide(open) {
    side.classList.toggle('open', open);
    menu.setAttribute('aria-expanded', String(open));
  }

  menu.addEventListener('click', function () { openSide(!side.classList.contains('open')); });

  function route() {
    var here = decodeURIComponent(location.hash);
    var match = /^#\/([tcme])\/(.+)$/.exec(here);
    main.textContent = '';
    if (!match) {
      home();
    } else if (match[1] === 'e' && data.exposures.some(function (each) { return each.name === match[2]; })) {
      exposurePage(match[2]);
    } else if (match[1] !== 'e' && Object.prototype.hasOwnProperty.call(PAGES[match[1]][0], match[2])) {
      PAGES[match[1]][1](match[2]);
    } else {
      missing(match[2]);
    }
    add(el('footer', {}, t('made', {at: moment(data.madeAt)})));
    drawSide(match && match[1] === 'c' ? tableLink(tableOf(match[2])) : here);
    root.dataset.shown = here || '#/';
  }

  function dress() {
    root.lang = language === 'zh' ? 'zh-CN' : 'en';
    if (theme === 'auto') {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = theme;
    }
    document.getElementById('brand').textContent = t('title');
    document.getElementById('skip').textContent = t('skip');
    document.getElementById('languages').setAttribute('aria-label', t('language'));
    menu.setAttribute('aria-label', t('menu'));
    input.placeholder = t('search');
    input.setAttribute('aria-label', t('search'));
    var button = document.getElementById('theme');
    button.textContent = {auto: '◐', light: '☀', dark: '☾'}[theme];
    button.title = t('theme.' + theme);
    button.setAttribute('aria-label', t('theme.' + theme));
    document.querySelectorAll('[data-language]').forEach(function (each) {
      each.setAttribute('aria-pressed', String(each.dataset.language === language));
    });
  }

  document.querySelectorAll('[data-language]').forEach(function (button) {
    button.addEventListener('click', function () {
      language = button.dataset.language;
      keep('storefact.language', language);
      dress();
      route();
    });
  });
  document.getElementById('theme').addEventListener('click', function () {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    keep('storefact.theme', theme);
    dress();
  });
  document.getElementById('skip').addEventListener('click', function (event) {
    // The hash is the page's address here.
    event.preventDefault();
    main.focus();
  });
  window.addEventListener('hashchange', function () {
    route();
    scrollTo(0, 0);
    main.focus({preventScroll: true});
  });

  dress();
  route();
})();
