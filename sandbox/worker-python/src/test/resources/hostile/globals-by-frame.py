# OK|THROWN
import sys
type(sys._getframe().f_back).__name__
