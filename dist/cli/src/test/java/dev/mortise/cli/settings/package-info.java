@NullMarked
package dev.mortise.cli.settings;

import org.jspecify.annotations.NullMarked;
