// CPU
({ then() { for (;;) { } } })
