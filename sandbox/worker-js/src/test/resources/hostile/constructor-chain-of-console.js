// OK "undefined"
console.log.constructor('return typeof Java')()
