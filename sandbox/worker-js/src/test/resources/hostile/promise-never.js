// UNSETTLED
new Promise(() => { })
