// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/pytorch_zip_reader.h"

#include "inference/checkpoint/pickled_state_dict.h"
#include "inference/checkpoint/unpickler.h"
#include "inference/checkpoint/zip_directory.h"

namespace reelface {

Checkpoint read_pytorch_zip(ByteView file) {
  const ZipDirectory zip(file);
  if (zip.find("constants.pkl") != nullptr) {
    throw MalformedCheckpoint("is a TorchScript program, not a checkpoint; programs in model files are not run");
  }
  const ByteView* pickle = zip.find("data.pkl");
  if (pickle == nullptr) throw MalformedCheckpoint("is a zip file without data.pkl, not a PyTorch checkpoint");
  const ByteView* order = zip.find("byteorder");
  if (order != nullptr && order->text() != "little") {
    throw MalformedCheckpoint("was saved in the byte order " + name_text(order->text()) + ", only little is read");
  }
  const Unpickled unpickled = unpickle(*pickle);
  if (unpickled.size_bytes != pickle->size()) throw MalformedCheckpoint("data.pkl has bytes after its pickle");

  const auto bytes_of = [&zip](const PickledStorage& storage) {
    const ByteView* record = zip.find("data/" + std::string(storage.key));
    if (record == nullptr) throw MalformedCheckpoint("storage " + name_text(storage.key) + " is missing from the file");
    return *record;
  };
  for (const PickledStorage& storage : unpickled.object.storages) check_storage_size(storage, bytes_of(storage).size());
  Checkpoint checkpoint;
  checkpoint.format = "pytorch zip";
  checkpoint.tensors = read_state_dict(unpickled.object, bytes_of, file.size());
  return checkpoint;
}

}  // namespace reelface
