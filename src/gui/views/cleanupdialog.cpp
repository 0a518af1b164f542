// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/cleanupdialog.h"

#include "core/humantext.h"
#include "core/shellwords.h"
#include "gui/dialogs/commandrow.h"
#include "gui/models/relativetime.h"
#include "gui/views/cleanupcommand.h"

#include "ui_cleanupdialog.h"

#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QScopedValueRollback>

#include <algorithm>
#include <utility>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

enum Column { NameColumn, AgeColumn, SizeColumn };
constexpr auto rowRole = Qt::UserRole; // place in the rows; groups have none
constexpr qsizetype longestCommand = 400; // characters that are shown; all of it can be copied

struct Age {
    const char *text;
    int hours; // 0: any
};
constexpr std::array ages{Age{QT_TRANSLATE_NOOP("berth::CleanUpDialog", "of any age"), 0},
    Age{QT_TRANSLATE_NOOP("berth::CleanUpDialog", "older than a day"), 24},
    Age{QT_TRANSLATE_NOOP("berth::CleanUpDialog", "older than a week"), 7 * 24},
    Age{QT_TRANSLATE_NOOP("berth::CleanUpDialog", "older than 30 days"), 30 * 24}};

QString groupText(CleanUpGroup group, int count)
{
    switch (group) {
    case CleanUpGroup::Containers: return CleanUpDialog::tr("Stopped containers (%1)").arg(count);
    case CleanUpGroup::DanglingImages: return CleanUpDialog::tr("Images without a name (%1)").arg(count);
    case CleanUpGroup::UnusedImages: return CleanUpDialog::tr("Images that no container uses (%1)").arg(count);
    case CleanUpGroup::AnonymousVolumes:
        return CleanUpDialog::tr("Volumes without a name that no container uses (%1)").arg(count);
    case CleanUpGroup::NamedVolumes: return CleanUpDialog::tr("Named volumes that no container uses (%1)").arg(count);
    }
    std::unreachable();
}

// What `system prune` takes. The rest is for those who want it: an image may be large to fetch again, and a
// volume is somebody's data.
bool isTickedAtFirst(CleanUpGroup group) { return group == CleanUpGroup::Containers || group == CleanUpGroup::DanglingImages; }

bool isTicked(const QTreeWidgetItem *item) { return item->checkState(NameColumn) == Qt::Checked; }

} // namespace

CleanUpDialog::CleanUpDialog(const QSet<QString> &anonymousVolumes, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::CleanUpDialog>()), m_anonymousVolumes(anonymousVolumes)
{
    m_ui->setupUi(this);
    makeCopyButton(m_ui->copyButton, [this] {
        QStringList lines;
        for (const QStringList &words : commands())
            lines.append(berthLine(words));
        return lines.join(u'\n');
    });
    for (const Age &choice : ages)
        m_ui->ageCombo->addItem(tr(choice.text), choice.hours);
    QHeaderView *header = m_ui->tree->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(AgeColumn, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(SizeColumn, QHeaderView::ResizeToContents);
    m_ui->tree->headerItem()->setTextAlignment(SizeColumn, Qt::AlignRight | Qt::AlignVCenter);
    connect(m_ui->ageCombo, &QComboBox::currentIndexChanged, this, &CleanUpDialog::askForPlan);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &CleanUpDialog::reject);
    connect(m_ui->deleteButton, &QPushButton::clicked, this, &CleanUpDialog::accept);
    connect(m_ui->tree, &QTreeWidget::itemChanged, this, [this](const QTreeWidgetItem *item, int column) {
        const QVariant row = item->data(NameColumn, rowRole);
        if (m_filling || column != NameColumn || !row.isValid())
            return;
        const QString &id = m_rows.at(row.toLongLong()).id;
        (isTicked(item) ? m_ticked : m_unticked).insert(id);
        (isTicked(item) ? m_unticked : m_ticked).remove(id);
        m_ui->deleteButton->setEnabled(false); // until it is known what goes
        QMetaObject::invokeMethod(this, &CleanUpDialog::ask, Qt::QueuedConnection);
    });
    m_ui->tree->setFocus();
    askForPlan();
}

CleanUpDialog::~CleanUpDialog() = default;

CleanUpOptions CleanUpDialog::options() const
{
    CleanUpOptions options;
    options.containers = options.images = options.allImages = options.volumes = options.allVolumes = true;
    if (const int hours = m_ui->ageCombo->currentData().toInt(); hours > 0)
        options.until = QDateTime::currentDateTimeUtc().addSecs(-3600LL * hours);
    return options;
}

QString CleanUpDialog::age() const
{
    const int hours = m_ui->ageCombo->currentData().toInt();
    return hours == 0 ? QString() : u"until=%1h"_s.arg(hours);
}

void CleanUpDialog::askForPlan()
{
    setProblem(tr("Looking for what could go, and measuring it…"));
    // Not before the caller has connected the signal.
    QMetaObject::invokeMethod(this, &CleanUpDialog::planWanted, Qt::QueuedConnection);
}

void CleanUpDialog::setProblem(const QString &problem)
{
    m_plan = {};
    m_rows.clear();
    m_items.clear();
    m_ui->tree->clear();
    m_ui->noticeLabel->setText(problem);
    m_ui->stack->setCurrentWidget(m_ui->noticePage);
    m_chosen = {};
    showChoice();
}

void CleanUpDialog::setPlan(const CleanUpPlan &plan)
{
    m_plan = plan;
    m_chosen = {};
    m_rows = cleanUpRows(plan, m_anonymousVolumes);
    fillTree();
    m_ui->noticeLabel->setText(tr("There is nothing to clean up: no stopped container, no unused image, no unused volume."));
    m_ui->stack->setCurrentWidget(m_rows.isEmpty() ? m_ui->noticePage : m_ui->treePage);
    showChoice();
    m_ui->deleteButton->setEnabled(false);
    ask();
}

void CleanUpDialog::fillTree()
{
    const QScopedValueRollback filling(m_filling, true);
    m_ui->tree->clear();
    m_items.clear();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QTreeWidgetItem *parent = nullptr;
    std::optional<CleanUpGroup> group;
    for (qsizetype number = 0; number < m_rows.size(); ++number) {
        const CleanUpRow &row = m_rows.at(number);
        if (group != row.group) {
            group = row.group;
            const auto count = std::ranges::count(m_rows, row.group, &CleanUpRow::group);
            parent = new QTreeWidgetItem(m_ui->tree, QStringList{groupText(row.group, static_cast<int>(count))});
            parent->setFlags(parent->flags() | Qt::ItemIsUserCheckable | Qt::ItemIsAutoTristate);
            QFont font = this->font();
            font.setWeight(QFont::DemiBold);
            parent->setFont(NameColumn, font);
            parent->setTextAlignment(SizeColumn, Qt::AlignRight | Qt::AlignVCenter);
        }
        auto *item = new QTreeWidgetItem(parent, QStringList{row.names.join(u", "_s), relativeTime(row.created, now)});
        item->setData(NameColumn, rowRole, number);
        item->setToolTip(NameColumn, row.names.join(u'\n'));
        item->setTextAlignment(SizeColumn, Qt::AlignRight | Qt::AlignVCenter);
        const bool ticked = m_ticked.contains(row.id) || (isTickedAtFirst(row.group) && !m_unticked.contains(row.id));
        item->setCheckState(NameColumn, ticked ? Qt::Checked : Qt::Unchecked);
        m_items.append(item);
    }
    m_ui->tree->expandAll();
    m_ui->tree->setCurrentItem(m_ui->tree->topLevelItem(0));
    showSizes();
}

QSet<qsizetype> CleanUpDialog::tickedRows() const
{
    QSet<qsizetype> rows;
    for (qsizetype row = 0; row < m_items.size(); ++row) {
        if (isTicked(m_items.at(row)))
            rows.insert(row);
    }
    return rows;
}

QSet<qsizetype> CleanUpDialog::tickedPlaces() const
{
    QSet<qsizetype> places;
    for (const qsizetype row : tickedRows()) {
        for (const qsizetype place : m_rows.at(row).places)
            places.insert(place);
    }
    return places;
}

void CleanUpDialog::ask()
{
    if (!m_rows.isEmpty())
        Q_EMIT choiceWanted(m_plan, tickedPlaces());
}

void CleanUpDialog::setChoice(const QSet<qsizetype> &wanted, const CleanUpChoice &choice)
{
    if (wanted != tickedPlaces() || m_rows.isEmpty())
        return;
    m_chosen = choice.plan;
    QHash<QString, qint64> sizes; // by id; an image's names have none
    for (const CleanUpItem &item : choice.plan.items) {
        if (item.kind != CleanUpItem::Kind::ImageName)
            sizes.insert(item.id, item.size);
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    {
        const QScopedValueRollback filling(m_filling, true);
        for (qsizetype number = 0; number < m_rows.size(); ++number) {
            CleanUpRow &row = m_rows[number];
            QTreeWidgetItem *item = m_items.at(number);
            row.size = sizes.value(row.id, row.size);
            const QStringList users = choice.blocked.value(row.places.first());
            const bool wasFree = item->flags().testFlag(Qt::ItemIsEnabled);
            item->setText(
                AgeColumn, users.isEmpty() ? relativeTime(row.created, now) : tr("used by %1").arg(users.join(u", "_s)));
            if (users.isEmpty() != wasFree)
                item->setFlags(item->flags().setFlag(Qt::ItemIsEnabled, users.isEmpty()));
            const bool wished = m_ticked.contains(row.id) || (isTickedAtFirst(row.group) && !m_unticked.contains(row.id));
            if (!users.isEmpty())
                item->setCheckState(NameColumn, Qt::Unchecked); // also when its whole group was ticked
            else if (!wasFree && wished)
                item->setCheckState(NameColumn, Qt::Checked);
        }
        showSizes();
    }
    if (tickedPlaces() != wanted)
        ask(); // some cannot go, or can go again
    else
        showChoice();
}

void CleanUpDialog::showSizes()
{
    QHash<QTreeWidgetItem *, qint64> sums;
    for (qsizetype number = 0; number < m_rows.size(); ++number) {
        QTreeWidgetItem *item = m_items.at(number);
        item->setText(SizeColumn, humanSize(m_rows.at(number).size));
        item->setToolTip(SizeColumn, tr("%1 bytes").arg(QLocale().toString(m_rows.at(number).size)));
        sums[item->parent()] += isTicked(item) ? m_rows.at(number).size : 0;
    }
    for (const auto &[group, sum] : sums.asKeyValueRange()) {
        group->setText(SizeColumn, humanSize(sum));
        group->setToolTip(SizeColumn, tr("%1 bytes of what is ticked").arg(QLocale().toString(sum)));
    }
}

void CleanUpDialog::showChoice()
{
    qint64 total = 0;
    for (const CleanUpItem &item : m_chosen.items)
        total += item.size;
    const auto count = static_cast<int>(tickedRows().size());
    m_ui->totalLabel->setText(tr("Frees %1").arg(humanSize(total, 4)));
    m_ui->totalLabel->setToolTip(tr("%1 bytes").arg(QLocale().toString(total)));
    m_ui->deleteButton->setText(count == 0 ? tr("Delete") : tr("Delete %n item(s)", nullptr, count));
    m_ui->deleteButton->setEnabled(!m_chosen.items.isEmpty());
    QStringList lines;
    for (const QStringList &words : commands()) {
        const QString line = berthLine(words);
        lines.append(line.size() > longestCommand ? line.first(longestCommand) + u'…' : line);
    }
    m_ui->commandLabel->setText(lines.isEmpty() ? u"berth system prune"_s : lines.join(u'\n'));
    m_ui->commandLabel->setEnabled(!lines.isEmpty());
    m_ui->copyButton->setEnabled(!lines.isEmpty());
}

QList<QStringList> CleanUpDialog::commands() const
{
    // What cannot go is not there for a prune either.
    QList<CleanUpRow> rows;
    QSet<qsizetype> wanted;
    for (qsizetype number = 0; number < m_rows.size(); ++number) {
        if (!m_items.at(number)->flags().testFlag(Qt::ItemIsEnabled))
            continue;
        if (isTicked(m_items.at(number)))
            wanted.insert(rows.size());
        rows.append(m_rows.at(number));
    }
    return cleanUpCommands(rows, wanted, age());
}

QStringList CleanUpDialog::chosenNamedVolumes() const
{
    QStringList names;
    for (const CleanUpItem &item : m_chosen.items) {
        if (item.kind == CleanUpItem::Kind::Volume && !m_anonymousVolumes.contains(item.id))
            names.append(item.name);
    }
    return names;
}

} // namespace berth
