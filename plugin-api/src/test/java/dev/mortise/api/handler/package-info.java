/** What handlers of jobs and of events keep alike; their own contracts extend it. */
@NullMarked
package dev.mortise.api.handler;

import org.jspecify.annotations.NullMarked;
