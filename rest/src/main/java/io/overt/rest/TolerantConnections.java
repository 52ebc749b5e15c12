package io.overt.rest;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP/1.1 connections that let expectations other than {@code 100-continue} through, under the
 * name that the API's clients use where a proxy would drop them: oVirt's SDKs send {@code Expect:
 * 201-created}, which Jetty would answer with 417.
 */
final class TolerantConnections extends HttpConnectionFactory {
  TolerantConnections(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    return configure(
        new Tolerant(getHttpConfiguration(), connector, endPoint), connector, endPoint);
  }

  private static final class Tolerant extends HttpConnection {
    Tolerant(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
      super(configuration, connector, endPoint);
    }

    @Override
    protected RequestHandler newRequestHandler() {
      return new RequestHandler() {
        @Override
        public void parsedHeader(HttpField field) {
          boolean foreign =
              field.getHeader() == HttpHeader.EXPECT
                  && !"100-continue".equalsIgnoreCase(field.getValue());
          super.parsedHeader(foreign ? new HttpField("X-Ovirt-Expect", field.getValue()) : field);
        }
      };
    }
  }
}
