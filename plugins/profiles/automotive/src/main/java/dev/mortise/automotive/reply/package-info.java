/**
 * What is answered: a draft for the customer, from the profile's templates or from a chat model that is held to the
 * facts, and a summary for the person who takes a message over. Nothing is sent from here.
 *
 * <pre>{@code
 * Reply reply = replies.reply(message, intent, facts, "en");
 * }</pre>
 */
@NullMarked
package dev.mortise.automotive.reply;

import org.jspecify.annotations.NullMarked;
