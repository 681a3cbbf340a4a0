// OK 1
console.log({ toJSON() { throw 1; } }, new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 1; }, ownKeys() { throw 1; } }), Symbol('s')); 1
