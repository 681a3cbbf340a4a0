// UNSETTLED
({ then() { } })
