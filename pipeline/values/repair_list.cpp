// SPDX-License-Identifier: Apache-2.0
#include "pipeline/values/repair_list.h"

#include <cmath>
#include <exception>
#include <fstream>
#include <nlohmann/json.hpp>

#include "pipeline/values/json_numbers.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double value, double digits) {
  return std::round(value * digits) / digits;
}

ListedRepair repair_from(const Json& json) {
  ListedRepair repair;
  repair.time = json.at("time").get<double>();
  repair.kind = json.at("kind").get<std::string>();
  const Json& box = json.at("box");
  if (!box.is_array() || box.size() != repair.box.size()) throw std::runtime_error("a box has four numbers");
  for (std::size_t i = 0; i < repair.box.size(); ++i) repair.box[i] = integer_from<int>(box[i]);
  return repair;
}

}  // namespace

std::string line_of(const ListedRepair& repair) {
  Json json;
  json["frame"] = repair.frame;
  json["time"] = rounded(repair.time, 1e6);
  json["kind"] = repair.kind;
  json["sign"] = repair.sign;
  json["box"] = repair.box;
  json["area"] = repair.area;
  json["contrast"] = rounded(repair.contrast, 10);
  json["from"] = repair.from;
  return json.dump();
}

RepairList::Key RepairList::key_of(const ListedRepair& repair) {
  constexpr double kTicks = 1e4;  // frames are farther apart
  return {std::llround(repair.time * kTicks), repair.kind, repair.box};
}

RepairList read_repair_list(const std::string& path) {
  std::ifstream file(path);
  if (!file)
    throw Error(ExitCode::kInputUnreadable, "cannot read the list of repairs " + printable(path),
                "make it with --repair-list, then give it to --keep-repairs");
  RepairList list;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    try {
      list.add(repair_from(Json::parse(line)));
    } catch (const std::exception&) {
      throw Error(ExitCode::kUsage,
                  "line " + std::to_string(number) + " of the list of repairs " + printable(path) + " is no repair",
                  "make the list with --repair-list; delete whole lines, and leave the others as they are");
    }
  }
  return list;
}

}  // namespace reelface
