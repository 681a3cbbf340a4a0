# THROWN
from java.lang import System
System.exit(1)
