package dev.mortise.sandbox.worker;

import dev.mortise.sandbox.frame.FrameReader;
import dev.mortise.sandbox.frame.FrameWriter;
import dev.mortise.sandbox.frame.Message;
import dev.mortise.sandbox.worker.guest.Guest;
import dev.mortise.sandbox.worker.guest.Host;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The conversation with the server. Held by one thread, which reads, runs and writes itself. */
final class Pipe implements Host {
    /** More than the largest input, source and names together; the server is not held to be hostile. */
    private static final int MOST_BYTES = 64 << 20;

    private final FrameReader reader;
    private final FrameWriter writer;

    private final Exit exit;

    Pipe(InputStream in, OutputStream out, Exit exit) {
        this.exit = exit;
        this.reader = new FrameReader(in, MOST_BYTES);
        this.writer = new FrameWriter(out);
    }

    void write(Message message) {
        try {
            writer.write(message);
        } catch (IOException e) {
            throw exit.now(Exit.GONE, "The server does not listen any more");
        }
    }

    /** Runs what the server wants until it goes away. */
    void serve(Guest guest) {
        while (true) {
            switch (read()) {
                case Message.Call call -> write(guest.call(call, this));
                case Message other -> throw unexpected(other, "a call");
            }
        }
    }

    @Override
    public Message.HostReply ask(Message.HostCall call) {
        write(call);
        return switch (read()) {
            case Message.HostReply reply -> reply;
            case Message other -> throw unexpected(other, "a reply");
        };
    }

    private Message read() {
        try {
            return reader.read();
        } catch (EOFException e) {
            throw exit.now(Exit.GONE, "The server has gone");
        } catch (IOException e) {
            throw exit.now(Exit.PROTOCOL, "The server sent what is not a frame: " + e.getMessage());
        }
    }

    private Error unexpected(Message message, String instead) {
        return exit.now(Exit.PROTOCOL, "The server sent " + message.getClass().getSimpleName() + ", not " + instead);
    }
}
