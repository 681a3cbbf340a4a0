// OK "undefined"
this.constructor.constructor('return typeof process')()
