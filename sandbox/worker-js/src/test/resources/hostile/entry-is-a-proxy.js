// CPU
var main = new Proxy(function () { }, { apply() { for (;;) { } } });
