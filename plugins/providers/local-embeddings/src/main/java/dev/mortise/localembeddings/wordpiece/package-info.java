/**
 * BERT's uncased WordPiece tokenizer in plain Java: from a text to the ids that the model was trained on. It gives the
 * same ids as the reference implementation (Hugging Face tokenizers), which a test compares over a varied corpus. The
 * reference is not used at run time: its native library can be loaded by one class loader of a process only, which
 * forbids updates of a running plugin. Nothing here knows about models.
 *
 * <pre>{@code
 * int[] ids = tokenizer.encode("My brakes squeal", 256);
 * }</pre>
 */
@NullMarked
package dev.mortise.localembeddings.wordpiece;

import org.jspecify.annotations.NullMarked;
