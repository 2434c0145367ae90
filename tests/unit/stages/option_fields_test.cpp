// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <type_traits>

#include "reelface/restore/option_table.h"

namespace reelface {
namespace {

struct Anything {
  template <class Type>
  operator Type() const;
};

template <class Always, class Type, class... Values>
struct TakesAsFields : std::false_type {};

template <class Type, class... Values>
struct TakesAsFields<std::void_t<decltype(Type{std::declval<Values>()...})>, Type, Values...> : std::true_type {};

template <class Type, class... Values>
constexpr long count_of_fields() {
  if constexpr (TakesAsFields<void, Type, Values..., Anything>::value)
    return count_of_fields<Type, Values..., Anything>();
  else
    return sizeof...(Values);
}

long rows_in(const std::string& group) {
  const auto& table = option_table();
  return std::count_if(table.begin(), table.end(), [&group](const Option& row) { return row.group == group; });
}

/// A field that no row writes can be given on no command line, and no plan would notice that it has changed.
TEST(OptionFields, EachHasARow) {
  EXPECT_EQ(count_of_fields<ModelOptions>(), rows_in("Model"));
  EXPECT_EQ(count_of_fields<FaceOptions>() + count_of_fields<IdentityOptions>(), rows_in("Faces"));
  EXPECT_EQ(count_of_fields<FilmOptions>(), rows_in("Film"));
  EXPECT_EQ(count_of_fields<EnlargeOptions>(), rows_in("Enlarge"));
  EXPECT_EQ(count_of_fields<TimeOptions>(), rows_in("Time"));
  EXPECT_EQ(count_of_fields<PictureOptions>() + 2, rows_in("Picture")) << "fields and canvas are of the reader";
  EXPECT_EQ(count_of_fields<RunOptions>() + 2, rows_in("Run")) << "hwaccel is of the reader, on_damage stands alone";
  EXPECT_EQ(count_of_fields<RestoreOptions>(), 16) << "the parts above, how to read and write, and six of its own";
}

}  // namespace
}  // namespace reelface
