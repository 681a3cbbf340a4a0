/** The contract of industry profiles, for those who write one. */
@NullMarked
package dev.mortise.api.profile;

import org.jspecify.annotations.NullMarked;
