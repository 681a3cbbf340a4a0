/**
 * {@code mortise plugin new}: makes the project of a new plugin out of the archetype that the distribution carries, the
 * same as Maven's own archetype plugin would. It needs no network and no Maven; the project's build needs both.
 *
 * <pre>{@code
 * mortise plugin new acme-notes --package com.acme.notes
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.plugin.create;

import org.jspecify.annotations.NullMarked;
