// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/catalog_shelf.h"

#include <chrono>

namespace deepvm::ui::state {
namespace {

offers::Asked askedOf(const problem::Problem& problem) {
    const auto& request = problem.request;
    offers::Asked asked{*problem.workload, request.precision, request.utilisation, {}};
    for (const auto& [type, law] : request.measured)
        asked.yours[type] = model::samples_per_second(*problem.workload, law);
    return asked;
}

}  // namespace

base::Result<const catalog::Catalog*> CatalogShelf::Reader::catalog() {
    if (!open) {
        auto opened = catalog::Catalog::open(file);
        if (!opened) return tl::unexpected(opened.error());
        open = std::move(*opened);
    }
    return &*open;
}

CatalogShelf::CatalogShelf(Planning& planning, QObject* parent)
    : QObject(parent),
      planning_(planning),
      tables_(planning.studyWorker(), planning.home(),
              [this](const jobs::Outcome<Table>& outcome) {
                  if (outcome.ending == jobs::Ending::failed) {
                      error_ = outcome.error;
                      table_ = nullptr;
                  } else if (outcome.ending == jobs::Ending::done) {
                      error_.reset();
                      table_ = *outcome.value;
                  } else {
                      return;
                  }
                  emit tableChanged();
              }),
      pasts_(planning.studyWorker(), planning.home(),
             [this](const jobs::Outcome<catalog::OfferPast>& outcome) {
                 if (outcome.ending != jobs::Ending::done) return;
                 past_ = *outcome.value;
                 emit pastChanged();
             }) {
    connect(&planning_, &Planning::catalogOpened, this, [this] { reader_ = nullptr; });
}

void CatalogShelf::ask(bool everywhere) {
    Wanted next{planning_.scene(), everywhere};
    if (!next.scene || wanted_ == next) return;
    wanted_ = next;
    if (!reader_) reader_ = std::make_shared<Reader>(Reader{planning_.notes().file, std::nullopt});
    tables_.request([reader = reader_, next](const std::stop_token& stop) -> base::Result<Table> {
        auto market = next.scene->market;
        if (next.everywhere && market->name != catalog::any_provider) {
            const auto catalog = reader->catalog();
            if (!catalog) return tl::unexpected(catalog.error());
            auto loaded = (*catalog)->load(
                {std::string(catalog::any_provider), std::string(catalog::any_region)}, stop);
            if (!loaded) return tl::unexpected(loaded.error());
            market = std::move(*loaded);
        }
        const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
        return std::make_shared<const offers::Table>(market, askedOf(*next.scene->problem), today);
    });
}

void CatalogShelf::askPast(std::size_t row) {
    past_.reset();
    if (!table_ || row >= table_->size()) return;
    if (!reader_) reader_ = std::make_shared<Reader>(Reader{planning_.notes().file, std::nullopt});
    const auto& place = table_->place(row);
    const auto dataset = place.provider.empty() ? table_->market().name : place.provider;
    pasts_.request([reader = reader_, dataset, region = place.region, type = table_->type(row).name](
                       const std::stop_token&) -> base::Result<catalog::OfferPast> {
        const auto catalog = reader->catalog();
        if (!catalog) return tl::unexpected(catalog.error());
        return (*catalog)->past(dataset, region, type);
    });
}

}  // namespace deepvm::ui::state
