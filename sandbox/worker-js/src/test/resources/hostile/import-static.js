// SYNTAX
import fs from 'fs'; fs
