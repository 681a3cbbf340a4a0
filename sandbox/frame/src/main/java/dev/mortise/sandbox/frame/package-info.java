/**
 * What broker and worker say to each other. A frame is four bytes of length (big-endian, of what follows), one byte of
 * type, and fields in a fixed order: numbers big-endian, texts as four bytes of length and UTF-8. The worker is held to
 * be hostile: the broker reads each frame with a limit, and takes anything that is not exactly a frame for the end.
 *
 * <pre>{@code
 * writer.write(new Message.Call(…));
 * switch (reader.read()) {
 *     case Message.Result result -> …
 *     case Message.HostCall call -> writer.write(new Message.HostReply(true, answer));
 *     default -> kill();
 * }
 * }</pre>
 *
 * @since 0.1
 */
@NullMarked
package dev.mortise.sandbox.frame;

import org.jspecify.annotations.NullMarked;
