package dev.mortise.sandbox.frame;

/** The byte that a frame's type is told by. */
final class FrameType {
    static final byte READY = 1;
    static final byte CALL = 2;
    static final byte RETURNED = 3;
    static final byte FAILED = 4;
    static final byte HOST_CALL = 5;
    static final byte HOST_REPLY = 6;

    private FrameType() {}

    static byte of(Message message) {
        return switch (message) {
            case Message.Ready _ -> READY;
            case Message.Call _ -> CALL;
            case Message.Returned _ -> RETURNED;
            case Message.Failed _ -> FAILED;
            case Message.HostCall _ -> HOST_CALL;
            case Message.HostReply _ -> HOST_REPLY;
        };
    }
}
