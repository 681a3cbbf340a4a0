# THROWN|LOST|OK
import os
os.kill(os.getpid(), 9)
