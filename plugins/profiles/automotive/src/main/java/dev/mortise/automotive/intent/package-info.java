/**
 * What the customer wants, by meaning. The profile's wishes and their example utterances are in {@code intents.yaml};
 * their embeddings train a linear classifier once per start, and a message is judged as a whole and sentence by
 * sentence. What is not sure, not in a language that the profile reads, hostile or empty goes to a person, with the
 * reason. Nothing that a message says changes how it is judged.
 *
 * <pre>{@code
 * Classification result = classifier.classify("my brakes squeal");
 * }</pre>
 */
@NullMarked
package dev.mortise.automotive.intent;

import org.jspecify.annotations.NullMarked;
