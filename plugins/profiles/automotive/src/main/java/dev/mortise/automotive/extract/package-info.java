/**
 * What a message says in so many words: vehicle identification number, mileage, dates and times, phone numbers, e-mail
 * addresses, plate, name. Each finder is a value without state, reads any text without failing, and takes time that
 * grows no faster than the text. What the customer wants is not decided here.
 *
 * <pre>{@code
 * Facts facts = new FactExtractor(locale).extract(message);
 * }</pre>
 */
@NullMarked
package dev.mortise.automotive.extract;

import org.jspecify.annotations.NullMarked;
