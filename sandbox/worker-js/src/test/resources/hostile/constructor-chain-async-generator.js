// OK "undefinedundefined"
Object.getPrototypeOf(async function () { }).constructor('return 1'), Object.getPrototypeOf(function* () { }).constructor('yield typeof process')().next().value + Object.getPrototypeOf(() => { }).constructor('return typeof Polyglot')()
