// OK 4
Object.defineProperty(globalThis, 'input', { get() { return 4; } }); input
