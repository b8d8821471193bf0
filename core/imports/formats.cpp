// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/formats.h"

#include <algorithm>
#include <array>

#include "base/name_table.h"

namespace deepvm::imports {
namespace {

constexpr std::array<FormatName, 8> all{{
    {Format::skypilot, "skypilot", "SkyPilot catalog", "ls ~/.sky/catalogs/v*/aws/vms.csv"},
    {Format::aws_spot_history, "aws-spot-history", "AWS spot price history",
     "aws ec2 describe-spot-price-history --region us-east-1 --product-descriptions Linux/UNIX --start-time "
     "\"$(date -u +%FT%TZ)\" > spot.json"},
    {Format::aws_price_list, "aws-price-list", "AWS price list",
     "curl -o ec2.csv "
     "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/current/us-east-1/index.csv"},
    {Format::aws_spot_advisor, "aws-spot-advisor", "AWS Spot Instance Advisor",
     "curl -O https://spot-bid-advisor.s3.amazonaws.com/spot-advisor-data.json"},
    {Format::azure_retail, "azure-retail", "Azure retail prices",
     "curl -G https://prices.azure.com/api/retail/prices --data-urlencode \"\\$filter=serviceName eq "
     "'Virtual "
     "Machines' and armRegionName eq 'eastus'\" > azure.json"},
    {Format::ec2instances, "ec2instances", "ec2instances.info",
     "curl -o ec2.json https://instances.vantage.sh/instances.json"},
    {Format::deepvm_data, "deepvm-data", "DeepVM data.json",
     "curl -O https://raw.githubusercontent.com/lass-lab/DeepVM/main/DeepVM/data.json"},
    {Format::csv, "csv", "our own CSV", "see resources/catalog/offers.csv"},
}};

bool mentions(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::optional<Format> detect_json(std::string_view head) {
    if (mentions(head, "\"SpotPriceHistory\"") ||
        (mentions(head, "\"SpotPrice\"") && mentions(head, "\"Timestamp\"")))
        return Format::aws_spot_history;
    if (mentions(head, "\"spot_advisor\"")) return Format::aws_spot_advisor;
    if (mentions(head, "\"instance_types\"") &&
        (mentions(head, "\"ranges\"") || mentions(head, "\"ram_gb\"")))
        return Format::aws_spot_advisor;
    if (mentions(head, "\"ranges\"") && mentions(head, "\"dots\"")) return Format::aws_spot_advisor;
    if (mentions(head, "\"offerCode\"") || mentions(head, "\"publicationDate\""))
        return Format::aws_price_list;
    if (mentions(head, "\"armSkuName\"") || mentions(head, "\"BillingCurrency\""))
        return Format::azure_retail;
    if (mentions(head, "\"ondemand_price\"")) return Format::deepvm_data;
    if (mentions(head, "\"instance_type\"") ||
        (mentions(head, "\"pricing\"") && mentions(head, "\"ondemand\"")))
        return Format::ec2instances;
    return std::nullopt;
}

}  // namespace

std::span<const FormatName> formats() {
    return all;
}

const FormatName& named(Format format) {
    return all[static_cast<std::size_t>(format)];
}

base::Result<Format> format_named(std::string_view name) {
    return base::parse_row(all, "format", name, &FormatName::format);
}

bool is_json(std::string_view head) {
    const auto first = head.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (head[first] == '{' || head[first] == '[');
}

std::optional<Format> detect(std::string_view head) {
    if (is_json(head)) return detect_json(head);
    const auto header = head.substr(0, head.find('\n'));
    if (mentions(header, "FormatVersion") || mentions(header, "OfferTermCode")) return Format::aws_price_list;
    if (mentions(header, "InstanceType")) return Format::skypilot;
    if (mentions(header, "instance_type")) return Format::csv;
    return std::nullopt;
}

}  // namespace deepvm::imports
