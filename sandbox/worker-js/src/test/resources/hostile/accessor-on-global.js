// CPU
Object.defineProperty(globalThis, 'main', { get() { for (;;) { } } }); 1
