// OK 7
Promise.prototype.then = function () { throw new Error('mine'); }; Promise.resolve = () => 'forged'; (async () => 7)()
