// What a script finds beside its language, and how Java speaks to it. The value of this source is a function; what it
// returns is called with a letter and one value, and answers with tagged text, so that nothing that a script does to
// the prototypes of objects can change an answer. Everything that is used after a script has run is taken here first.
(function () {
  'use strict';
  const { apply, getOwnPropertyDescriptor, ownKeys } = Reflect;
  const { freeze, defineProperty, getPrototypeOf } = Object;
  const { parse, stringify } = JSON;
  const isArray = Array.isArray;
  const Failure = Error;
  const ProxyOf = Proxy;
  const TextOf = String;
  const Known = WeakSet;
  const slice = String.prototype.slice;
  const indexOf = String.prototype.indexOf;
  const errorText = Error.prototype.toString;
  const setAdd = WeakSet.prototype.add;
  const setHas = WeakSet.prototype.has;
  const setDelete = WeakSet.prototype.delete;
  const wrongType = TypeError.prototype;
  const global = globalThis;

  for (const name of ['Graal', 'Polyglot', 'Java', 'Packages', 'java', 'javax', 'javafx', 'com', 'org', 'edu', 'load',
    'loadWithNewGlobal', 'print', 'printErr', 'quit', 'exit', 'read', 'readline', 'readbuffer', 'readFully', 'readLine',
    'require', 'Worker', 'WebAssembly', 'SharedArrayBuffer', 'Atomics', 'console', 'performance', 'arguments']) {
    delete global[name];
  }

  /** Gives a property that no setter or inherited field of a descriptor has a say in. */
  function give(object, name, value, fixed) {
    defineProperty(object, name, {
      __proto__: null, value, enumerable: fixed, writable: !fixed, configurable: !fixed });
  }

  return function setUp(log, ask, granted) {
    let done = 0; // 1: settled well, 2: settled badly; 0: not at all
    let outcome;
    let input;
    const refusals = new Known();

    // What is logged

    function shown(value) {
      if (typeof value === 'string') {
        return value;
      }
      if (typeof value === 'bigint') {
        return TextOf(value) + 'n';
      }
      if (typeof value !== 'object' || value === null) {
        return typeof value === 'function' ? '[function]' : TextOf(value);
      }
      try {
        if (isError(value)) {
          return message(value);
        }
        const text = stringify(value);
        return typeof text === 'string' ? text : '[object]';
      } catch {
        return '[object]';
      }
    }

    function isError(value) {
      for (let at = value, steps = 0; at !== null && steps < 100; at = getPrototypeOf(at), steps++) {
        if (at === Failure.prototype) {
          return true;
        }
      }
      return false;
    }

    function write(values) {
      let line = '';
      for (let i = 0; i < values.length; i++) {
        line += (i === 0 ? '' : ' ') + shown(values[i]);
      }
      log(line + '\n');
    }

    const console = {};
    for (const name of ['log', 'info', 'debug', 'warn', 'error', 'trace', 'dir']) {
      give(console, name, { [name](...values) { write(values); } }[name], true);
    }
    give(console, 'assert', function assert(holds, ...values) {
      if (!holds) {
        log('Assertion failed\n');
        write(values);
      }
    }, true);
    give(global, 'console', freeze(console), false);

    // What the server does for a script

    function called(name, values) {
      const reply = ask(name, stringify(values));
      if (reply[0] === '+') {
        return parse(apply(slice, reply, [1]));
      }
      const space = apply(indexOf, reply, [' ']);
      throw refusal(apply(slice, reply, [1, space]), apply(slice, reply, [space + 1]));
    }

    function refusal(code, text) {
      const error = new Failure(text);
      give(error, 'code', code, false);
      apply(setAdd, refusals, [error]);
      return error;
    }

    function missing(name) {
      return new ProxyOf(function () {}, {
        __proto__: null,
        get: (_, key) => unknown(name, key),
        set: () => false,
        defineProperty: () => false,
        setPrototypeOf: () => false,
        apply() {
          throw refusal('sandbox.not-granted', name + ' is not granted to this script');
        },
      });
    }

    // Whoever asks whether a value is a promise or knows how to be JSON is not to be told so.
    function unknown(name, key) {
      return typeof key === 'string' && key !== 'then' && key !== 'toJSON' && key !== 'prototype'
        ? missing(name + '.' + key) : undefined;
    }

    function open(name, members) {
      freeze(members);
      return new ProxyOf(members, {
        __proto__: null,
        get(target, key) {
          const found = getOwnPropertyDescriptor(target, key);
          return found === undefined ? unknown(name, key) : found.value;
        },
      });
    }

    function hostOf(prefix, names) {
      const members = { __proto__: null };
      for (let at = 0; at < names.length; at++) {
        const rest = apply(slice, names[at], [prefix.length]);
        if (prefix !== '' && apply(slice, names[at], [0, prefix.length]) !== prefix) {
          continue;
        }
        const dot = apply(indexOf, rest, ['.']);
        const name = dot < 0 ? rest : apply(slice, rest, [0, dot]);
        if (getOwnPropertyDescriptor(members, name) === undefined) {
          const full = names[at];
          give(members, name, dot < 0
            ? freeze({ call: (...values) => called(full, values) }.call)
            : hostOf(prefix + name + '.', names), true);
        }
      }
      return open('host' + (prefix === '' ? '' : '.' + apply(slice, prefix, [0, -1])), members);
    }

    const names = parse(granted);
    const host = hostOf('', names);
    give(global, 'host', host, false);
    for (let at = 0; at < names.length; at++) {
      if (names[at] === 'fetch') {
        give(global, 'fetch', host.fetch, false);
      }
    }

    // What became of a script

    function result(value, most) {
      if (value === undefined) {
        return '+null';
      }
      let text;
      try {
        text = stringify(value);
      } catch (error) {
        // What JSON has no word for is a TypeError; what is too deep or throws by itself is not.
        const why = typeof error === 'object' && error !== null && getPrototypeOf(error) === wrongType
          ? obstacle(value) : undefined;
        if (why === undefined) {
          throw error;
        }
        return 'N' + why;
      }
      if (typeof text !== 'string') {
        return 'NThe result is a ' + typeof value;
      }
      return text.length > most ? 'O' : '+' + text;
    }

    // Where a value keeps what JSON has no word for; getters are not asked.
    function obstacle(value) {
      const above = new Known();
      let budget = 100000;
      function look(at, path) {
        if (typeof at === 'bigint') {
          return path + ' is a BigInt';
        }
        if (typeof at !== 'object' || at === null || budget-- < 0) {
          return undefined;
        }
        if (apply(setHas, above, [at])) {
          return path + ' refers to what contains it';
        }
        apply(setAdd, above, [at]);
        const keys = ownKeys(at);
        for (let i = 0; i < keys.length; i++) {
          const property = getOwnPropertyDescriptor(at, keys[i]);
          if (typeof keys[i] === 'string' && property !== undefined && property.enumerable && 'value' in property) {
            const why = look(property.value, isArray(at) ? path + '[' + keys[i] + ']' : path + '.' + keys[i]);
            if (why !== undefined) {
              return why;
            }
          }
        }
        apply(setDelete, above, [at]);
        return undefined;
      }
      return look(value, 'The result');
    }

    function message(error) {
      let text;
      try {
        text = isError(error) ? apply(errorText, error, []) : shown(error);
      } catch {
        text = 'Something was thrown that cannot be shown';
      }
      return text.length > 4000 ? apply(slice, text, [0, 4000]) + '…' : text;
    }

    async function settle(promise) {
      try {
        outcome = await promise;
        done = 1;
      } catch (error) {
        outcome = error;
        done = 2;
      }
    }

    function finish(value, most) {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
        return result(value, most);
      }
      if (typeof value.then === 'function') {
        done = 0;
        settle(value);
        return 'P';
      }
      return result(value, most);
    }

    return function run(step, value, most) {
      switch (step) {
        case 'input':
          input = parse(value);
          try {
            give(global, 'input', input, false);
          } catch {
            // The script has declared a function of that name; it does not want the global variable.
          }
          return '';
        case 'call':
          return finish(value(input), most);
        case 'value':
          return finish(value, most);
        case 'settled': {
          const settled = done;
          const last = outcome;
          done = 0;
          outcome = undefined;
          if (settled === 2) {
            throw last;
          }
          return settled === 0 ? 'U' : result(last, most);
        }
        default: {
          const refused = typeof value === 'object' && value !== null && apply(setHas, refusals, [value]);
          return (refused ? 'H0 ' : 'T0 ') + message(value);
        }
      }
    };
  };
})();
