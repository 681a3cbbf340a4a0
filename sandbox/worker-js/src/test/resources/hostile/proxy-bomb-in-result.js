// CPU
new Proxy({}, { ownKeys() { for (;;) { } } })
