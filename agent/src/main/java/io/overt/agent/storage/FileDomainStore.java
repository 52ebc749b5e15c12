package io.overt.agent.storage;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Storage domains on file systems, in VDSM's layout: {@code <root>/mnt/<server
 * path>/<domain>/{dom_md/metadata, images/<image>/<volume>{,.meta,.lease}}}. What this host is
 * connected to is the content of {@code <root>}: mounts and links in {@code mnt}, a directory for
 * each pool. Nothing else is remembered.
 */
public final class FileDomainStore implements DomainStore {

  private static final String CHECKSUM = "_SHA_CKSUM";

  private final Path root;
  private final ServerMounts mounts;

  /**
   * @param root {@code /rhev/data-center} on a VDSM host
   */
  public FileDomainStore(Path root) {
    this.root = root;
    this.mounts = new ServerMounts(root.resolve("mnt"));
  }

  @Override
  public void connect(StorageConnection connection) {
    mounts.connect(connection);
  }

  @Override
  public void disconnect(StorageConnection connection) {
    mounts.disconnect(connection);
  }

  @Override
  public Set<UUID> domains() {
    Set<UUID> found = new LinkedHashSet<>();
    for (Path server : mounts.connected()) {
      for (Path domain : list(server)) {
        uuid(domain)
            .filter(id -> Files.exists(domain.resolve("dom_md/metadata")))
            .ifPresent(found::add);
      }
    }
    return found;
  }

  @Override
  public void createDomain(UUID domain, String remotePath, Map<String, String> metadata) {
    Path directory = mounts.of(remotePath).resolve(domain.toString());
    attempt(
        ErrorCode.DOMAIN_CREATION,
        "Cannot create storage domain " + domain,
        () -> {
          Files.createDirectories(directory.resolve("images"));
          Path details = Files.createDirectories(directory.resolve("dom_md"));
          for (String file : List.of("ids", "inbox", "leases", "outbox", "xleases")) {
            if (!Files.exists(details.resolve(file))) {
              Files.createFile(details.resolve(file));
            }
          }
          writeMetadata(directory, metadata);
        });
  }

  @Override
  public void removeDomain(UUID domain) {
    attempt(
        ErrorCode.DOMAIN_FORMAT,
        "Cannot format storage domain " + domain,
        () -> {
          Path directory = directory(domain);
          // Without its metadata it is no domain, should the removal be cut short.
          Files.deleteIfExists(directory.resolve("dom_md/metadata"));
          removeTree(directory);
        });
  }

  @Override
  public Map<String, String> domainMetadata(UUID domain) {
    try {
      Map<String, String> metadata =
          KeyValueFile.read(directory(domain).resolve("dom_md/metadata"));
      metadata.remove(CHECKSUM);
      return metadata;
    } catch (IOException e) {
      throw new VdsmError(
          ErrorCode.DOMAIN_ACCESS, "Cannot read the metadata of storage domain " + domain, e);
    }
  }

  @Override
  public void writeDomainMetadata(UUID domain, Map<String, String> metadata) {
    attempt(
        ErrorCode.DOMAIN_ACCESS,
        "Cannot write the metadata of storage domain " + domain,
        () -> writeMetadata(directory(domain), metadata));
  }

  @Override
  public Capacity capacity(UUID domain) {
    try {
      FileStore store = Files.getFileStore(directory(domain));
      return new Capacity(store.getTotalSpace(), store.getUsableSpace());
    } catch (IOException e) {
      throw new VdsmError(
          ErrorCode.DOMAIN_ACCESS, "Cannot tell the capacity of storage domain " + domain, e);
    }
  }

  @Override
  public List<UUID> images(UUID domain) {
    return list(directory(domain).resolve("images")).stream()
        .flatMap(path -> uuid(path).stream())
        .toList();
  }

  @Override
  public List<UUID> volumes(UUID domain, UUID image) {
    return list(imageDirectory(domain, image)).stream()
        .filter(file -> file.toString().endsWith(".meta"))
        .flatMap(file -> uuid(Path.of(withoutSuffix(file))).stream())
        .toList();
  }

  @Override
  public Optional<Map<String, String>> volumeMetadata(VolumeAddress volume) {
    try {
      return Optional.of(KeyValueFile.read(metadataFile(volume)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new VdsmError(
          ErrorCode.VOLUME_METADATA_READ, "Cannot read the metadata of " + volume.volume(), e);
    }
  }

  @Override
  public void writeVolumeMetadata(VolumeAddress volume, Map<String, String> metadata) {
    attempt(
        ErrorCode.VOLUME_METADATA_WRITE,
        "Cannot write the metadata of volume " + volume.volume(),
        () -> KeyValueFile.write(metadataFile(volume), metadata, "EOF\n"));
  }

  @Override
  public void createVolume(VolumeAddress volume, VolumeLayout layout) {
    Path file = file(volume);
    attempt(
        ErrorCode.VOLUME_CREATION,
        "Cannot create volume " + volume.volume(),
        () -> {
          Files.createDirectories(imageDirectory(volume.domain(), volume.image()));
          Files.deleteIfExists(file);
          QemuImg.create(file, layout);
          touch(lease(volume));
        });
  }

  @Override
  public void copyVolume(
      VolumeAddress from, VolumeFormat fromFormat, VolumeAddress to, VolumeLayout as) {
    Path file = file(to);
    attempt(
        ErrorCode.VOLUME_COPY,
        "Cannot copy volume " + from.volume(),
        () -> {
          Files.createDirectories(imageDirectory(to.domain(), to.image()));
          Files.deleteIfExists(file);
          QemuImg.convert(file(from), fromFormat, file, as);
          touch(lease(to));
        });
  }

  /** Hard links, so that a template's image can be removed while disks are built on it. */
  @Override
  public void shareVolume(VolumeAddress volume, UUID withImage) {
    VolumeAddress shared = new VolumeAddress(volume.domain(), withImage, volume.volume());
    attempt(
        ErrorCode.VOLUME_CREATION,
        "Cannot share volume " + volume.volume() + " with image " + withImage,
        () -> {
          Files.createDirectories(imageDirectory(volume.domain(), withImage));
          link(file(volume), file(shared));
          link(metadataFile(volume), metadataFile(shared));
          touch(lease(shared));
        });
  }

  @Override
  public void extendVolume(VolumeAddress volume, VolumeFormat format, long bytes) {
    QemuImg.resize(file(volume), format, bytes);
  }

  @Override
  public void commitVolume(
      VolumeAddress top, VolumeFormat topFormat, VolumeAddress base, VolumeFormat baseFormat) {
    QemuImg.commit(file(top), topFormat, file(base));
  }

  @Override
  public void rebaseVolume(VolumeAddress volume, VolumeFormat format, Backing backing) {
    QemuImg.rebase(file(volume), format, backing);
  }

  @Override
  public void duplicateVolume(VolumeAddress from, VolumeAddress to) {
    Path file = file(to);
    attempt(
        ErrorCode.VOLUME_COPY,
        "Cannot copy volume " + from.volume(),
        () -> {
          Files.createDirectories(imageDirectory(to.domain(), to.image()));
          Files.deleteIfExists(file);
          QemuImg.duplicate(file(from), file);
          touch(lease(to));
        });
  }

  @Override
  public void sparsifyVolume(VolumeAddress volume, VolumeFormat format, Optional<Backing> backing) {
    Path file = file(volume);
    Path anew = Path.of(file + ".sparse");
    attempt(
        ErrorCode.VOLUME_COPY,
        "Cannot write volume " + volume.volume() + " anew",
        () -> {
          Files.deleteIfExists(anew);
          try {
            QemuImg.sparsify(file, anew, format, backing);
            Files.move(anew, file, StandardCopyOption.ATOMIC_MOVE);
          } finally {
            Files.deleteIfExists(anew);
          }
        });
  }

  @Override
  public void pack(Path file, String document, List<Part> parts, IntConsumer progress) {
    Path unfinished = Path.of(file + ".unfinished");
    Path image = Path.of(file + ".image");
    attempt(
        ErrorCode.VOLUME_COPY,
        "Cannot write " + file,
        () -> {
          try (OvaFile archive = new OvaFile(unfinished)) {
            archive.add("vm.ovf", document.getBytes(StandardCharsets.UTF_8));
            for (int index = 0; index < parts.size(); index++) {
              Part part = parts.get(index);
              Files.deleteIfExists(image);
              QemuImg.convert(
                  file(part.volume()),
                  part.format(),
                  image,
                  new VolumeLayout(VolumeFormat.COW, false, 0, Optional.empty()));
              archive.add(part.name(), image);
              progress.accept((index + 1) * 100 / parts.size());
            }
          } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(unfinished);
            throw e;
          } finally {
            Files.deleteIfExists(image);
          }
          Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        });
  }

  @Override
  public void removeVolume(VolumeAddress volume) {
    attempt(
        ErrorCode.IMAGE_DELETE,
        "Cannot remove volume " + volume.volume(),
        () -> {
          Files.deleteIfExists(metadataFile(volume));
          Files.deleteIfExists(lease(volume));
          Files.deleteIfExists(file(volume));
        });
  }

  @Override
  public void removeImage(UUID domain, UUID image) {
    attempt(
        ErrorCode.IMAGE_DELETE,
        "Cannot remove image " + image,
        () -> {
          Path directory = imageDirectory(domain, image);
          Path doomed = directory.resolveSibling("_remove_me_" + image);
          if (Files.exists(directory)) {
            Files.move(directory, doomed);
          }
          removeTree(doomed);
        });
  }

  @Override
  public VolumeSize size(VolumeAddress volume) {
    try {
      Path file = file(volume);
      return new VolumeSize(Files.size(file), SparseFiles.occupiedBytes(file));
    } catch (IOException e) {
      throw new VdsmError(
          ErrorCode.VOLUME_METADATA_READ, "Cannot read the size of volume " + volume.volume(), e);
    }
  }

  @Override
  public String path(VolumeAddress volume) {
    return file(volume).toString();
  }

  @Override
  public String text(VolumeAddress volume) {
    try {
      String content = Files.readString(file(volume), StandardCharsets.UTF_8);
      int end = content.indexOf('\0');
      return end < 0 ? content : content.substring(0, end);
    } catch (IOException e) {
      throw new VdsmError(
          ErrorCode.VOLUME_METADATA_READ, "Cannot read volume " + volume.volume() + ": " + e, e);
    }
  }

  @Override
  public void write(VolumeAddress volume, String text) {
    attempt(
        ErrorCode.VOLUME_METADATA_WRITE,
        "Cannot write volume " + volume.volume(),
        () -> Files.writeString(file(volume), text, StandardCharsets.UTF_8));
  }

  @Override
  public Map<UUID, UUID> pools() {
    Map<UUID, UUID> pools = new LinkedHashMap<>();
    for (Path pool : list(root)) {
      uuid(pool)
          .ifPresent(
              id -> {
                try {
                  uuid(Files.readSymbolicLink(pool.resolve("mastersd")))
                      .ifPresent(master -> pools.put(id, master));
                } catch (IOException e) {
                  // Not a pool of ours: a directory without a link to its master.
                }
              });
    }
    return pools;
  }

  @Override
  public void rememberPool(UUID pool, UUID masterDomain) {
    attempt(
        ErrorCode.STORAGE,
        "Cannot connect to pool " + pool,
        () -> {
          Path directory = Files.createDirectories(root.resolve(pool.toString()));
          Files.deleteIfExists(directory.resolve("mastersd"));
          Files.createSymbolicLink(directory.resolve("mastersd"), directory(masterDomain));
        });
  }

  @Override
  public void forgetPool(UUID pool) {
    attempt(
        ErrorCode.STORAGE,
        "Cannot disconnect from pool " + pool,
        () -> removeTree(root.resolve(pool.toString())));
  }

  private Path directory(UUID domain) {
    for (Path server : mounts.connected()) {
      Path candidate = server.resolve(domain.toString());
      if (Files.exists(candidate.resolve("dom_md/metadata"))) {
        return candidate;
      }
    }
    throw new VdsmError(
        ErrorCode.DOMAIN_DOES_NOT_EXIST,
        "Storage domain %s is not on any connected storage server".formatted(domain));
  }

  private Path imageDirectory(UUID domain, UUID image) {
    return directory(domain).resolve("images").resolve(image.toString());
  }

  private Path file(VolumeAddress volume) {
    return imageDirectory(volume.domain(), volume.image()).resolve(volume.volume().toString());
  }

  private Path metadataFile(VolumeAddress volume) {
    return Path.of(file(volume) + ".meta");
  }

  private Path lease(VolumeAddress volume) {
    return Path.of(file(volume) + ".lease");
  }

  /** VDSM seals a domain's metadata with the SHA-1 of its sorted lines. */
  private static void writeMetadata(Path domain, Map<String, String> metadata) throws IOException {
    Map<String, String> sealed = new TreeMap<>(metadata);
    sealed.remove(CHECKSUM);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      sealed.forEach(
          (key, value) -> digest.update((key + "=" + value).getBytes(StandardCharsets.UTF_8)));
      sealed.put(CHECKSUM, HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    KeyValueFile.write(domain.resolve("dom_md/metadata"), sealed, "");
  }

  private static void link(Path existing, Path link) throws IOException {
    if (!Files.exists(link)) {
      Files.createLink(link, existing);
    }
  }

  private static void touch(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
  }

  private static List<Path> list(Path directory) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new VdsmError(ErrorCode.STORAGE, "Cannot list " + directory + ": " + e, e);
    }
    entries.sort(null);
    return entries;
  }

  private static String withoutSuffix(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static Optional<UUID> uuid(Path path) {
    String name = String.valueOf(path.getFileName());
    try {
      return name.length() == 36 ? Optional.of(UUID.fromString(name)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void removeTree(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(directory)) {
      inside = walk.toList();
    }
    for (Path path : inside.reversed()) {
      Files.deleteIfExists(path);
    }
  }

  private interface FileWork {
    void run() throws IOException;
  }

  private static void attempt(ErrorCode code, String what, FileWork work) {
    try {
      work.run();
    } catch (IOException | UncheckedIOException e) {
      boolean full = String.valueOf(e.getMessage()).contains("No space left");
      throw new VdsmError(full ? ErrorCode.NO_SPACE : code, what + ": " + e, e);
    }
  }
}
