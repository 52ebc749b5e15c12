package io.overt.rest;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS that hands the kernel several records of a long answer at once. Jetty alone writes each by
 * itself, and with every write the peer is woken; in a list of machines that took a third of the
 * CPU time.
 */
final class TlsConnections extends SslConnectionFactory {
  /** As many as fit into what Jetty's pool keeps, and as a codec writes at once. */
  private static final int RECORDS = 3;

  TlsConnections(SslContextFactory.Server tls, String nextProtocol) {
    super(tls, nextProtocol);
  }

  @Override
  protected SslConnection newSslConnection(
      Connector connector, EndPoint endPoint, SSLEngine engine) {
    return new ManyRecords(connector, endPoint, engine);
  }

  private final class ManyRecords extends SslConnection {
    ManyRecords(Connector connector, EndPoint endPoint, SSLEngine engine) {
      super(
          new WideBuffers(connector.getByteBufferPool()),
          connector.getExecutor(),
          getSslContextFactory(),
          endPoint,
          engine,
          isDirectBuffersForEncryption(),
          isDirectBuffersForDecryption());
    }

    @Override
    protected SSLEngineResult wrap(SSLEngine engine, ByteBuffer[] input, ByteBuffer output)
        throws SSLException {
      SSLEngineResult result = super.wrap(engine, input, output);
      while (result.getStatus() == Status.OK
          && result.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
          && !BufferUtil.isEmpty(input)
          && output.remaining() >= engine.getSession().getPacketBufferSize()) {
        result = super.wrap(engine, input, output);
      }
      return result;
    }
  }

  /** Buffers for several records where one is asked for; they go back when they are empty. */
  private static final class WideBuffers extends ByteBufferPool.Wrapper {
    WideBuffers(ByteBufferPool pool) {
      super(pool);
    }

    @Override
    public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
      return super.acquire(size * RECORDS, direct);
    }
  }
}
