// OK "undefined"
host.state.get.constructor.constructor('return typeof process')()
