// OK [5]
Array.prototype[Symbol.iterator] = function* () { yield 'forged'; }; Array.prototype.push = () => 0; Object.defineProperty(Array.prototype, '0', { set() { throw new Error('mine'); }, get() { return 'forged'; }, configurable: true }); host.state.get(5)
