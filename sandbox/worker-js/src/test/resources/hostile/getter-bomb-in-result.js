// CPU
({ get a() { for (;;) { } } })
