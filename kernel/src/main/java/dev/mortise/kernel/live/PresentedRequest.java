package dev.mortise.kernel.live;

import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Attributes;

/**
 * What a client presented when it connected, to be asked about again after Jetty is done with the request: who sent it,
 * and which headers came with it.
 */
final class PresentedRequest extends Request.Wrapper {
    private final Attributes attributes = new Attributes.Mapped();
    private final HttpFields headers;
    private final String method;
    private final ConnectionMetaData connection;
    private final Components components;
    private final boolean isSecure;

    PresentedRequest(Request request) {
        super(request);
        this.headers = HttpFields.build(request.getHeaders()).asImmutable();
        this.method = request.getMethod();
        this.connection = request.getConnectionMetaData();
        this.components = request.getComponents();
        this.isSecure = request.isSecure();
    }

    @Override
    public HttpFields getHeaders() {
        return headers;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
        return connection;
    }

    @Override
    public Components getComponents() {
        return components;
    }

    @Override
    public boolean isSecure() {
        return isSecure;
    }

    @Override
    public Object getAttribute(String name) {
        return attributes.getAttribute(name);
    }

    @Override
    public Object setAttribute(String name, Object value) {
        return attributes.setAttribute(name, value);
    }

    @Override
    public Object removeAttribute(String name) {
        return attributes.removeAttribute(name);
    }

    @Override
    public Set<String> getAttributeNameSet() {
        return attributes.getAttributeNameSet();
    }

    @Override
    public void clearAttributes() {
        attributes.clearAttributes();
    }
}
