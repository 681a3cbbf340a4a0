// CPU
for (;;) { try { for (;;) {} } catch (e) { continue; } finally { continue; } }
