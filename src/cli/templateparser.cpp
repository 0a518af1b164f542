// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/templatefunctions.h"
#include "cli/templatelexer.h"
#include "cli/templatetree.h"

using namespace Qt::StringLiterals;

namespace berth::gotemplate {
namespace {

// Nesting that a person writes stays far below this; deeper input must not exhaust the stack.
constexpr int maxDepth = 100;

class Parser {
public:
    Parser(QStringView source, std::vector<Token> tokens) : m_source(source), m_tokens(std::move(tokens)) {}

    Result<Tree> run()
    {
        const auto ending = parseList(m_tree.nodes, 0);
        if (!ending)
            return std::unexpected(ending.error());
        if (!ending->isEmpty())
            return error(u"unexpected {{%1}}"_s.arg(*ending));
        return std::move(m_tree);
    }

private:
    [[nodiscard]] const Token &peek(std::size_t ahead = 0) const
    {
        return m_tokens[std::min(m_next + ahead, m_tokens.size() - 1)];
    }
    Token take() { return m_tokens[std::min(m_next++, m_tokens.size() - 1)]; }
    [[nodiscard]] bool isWord(QLatin1StringView word) const
    {
        return peek().kind == Token::Kind::Identifier && peek().text == word;
    }
    [[nodiscard]] std::unexpected<Error> error(const QString &reason) const
    {
        return syntaxError(m_source, m_next > 0 ? m_tokens[std::min(m_next, m_tokens.size()) - 1].position : 0, reason);
    }

    static bool isKeyword(const QString &word)
    {
        static const QStringList words{
            u"block"_s, u"define"_s, u"else"_s, u"end"_s, u"if"_s, u"nil"_s, u"range"_s, u"template"_s, u"with"_s};
        return words.contains(word);
    }

    // "unexpected "x" in operand"
    [[nodiscard]] std::unexpected<Error> unexpected(const Token &token, const QString &context) const
    {
        QString shown;
        switch (token.kind) {
        case Token::Kind::End: shown = u"EOF"_s; break;
        case Token::Kind::Close: shown = u"\"}}\""_s; break;
        case Token::Kind::Open: shown = u"\"{{\""_s; break;
        case Token::Kind::Field: shown = goQuoted(u'.' + token.text); break;
        case Token::Kind::Variable: shown = goQuoted(u'$' + token.text); break;
        case Token::Kind::Identifier: shown = isKeyword(token.text) ? u'<' + token.text + u'>' : goQuoted(token.text); break;
        default: shown = token.text == "nil"_L1 ? u"<nil>"_s : goQuoted(token.text); break;
        }
        return error(u"unexpected "_s + shown + u" in "_s + context);
    }

    // Reads nodes up to {{end}} or {{else}}, whose word it gives ("" at the end of the template).
    // After "else" the next token is what follows the word: Close, "if" or "with".
    Result<QString> parseList(std::vector<Node> &nodes, int depth)
    {
        if (depth > maxDepth)
            return error(u"nested too deeply"_s);
        while (true) {
            const auto token = take();
            if (token.kind == Token::Kind::End)
                return QString();
            if (token.kind == Token::Kind::Text) {
                Node node;
                node.text = token.text;
                nodes.push_back(node);
                continue;
            }
            if (isWord("end"_L1) || isWord("else"_L1)) {
                auto word = take().text;
                if (word == "end"_L1 && peek().kind != Token::Kind::Close)
                    return unexpected(take(), u"end"_s);
                if (word == "end"_L1)
                    take();
                return word;
            }
            if (depth == 0 && isWord("define"_L1)) {
                if (const auto defined = parseDefinition(); !defined)
                    return std::unexpected(defined.error());
                continue;
            }
            if (const auto added = parseAction(nodes, depth); !added)
                return std::unexpected(added.error());
        }
    }

    // The quoted name after define, template and block.
    Result<QString> parseName(const QString &context)
    {
        const auto name = take();
        if (name.kind != Token::Kind::Constant || !name.constant.isString())
            return unexpected(name, context);
        return name.constant.toString();
    }

    Result<> parseDefinition()
    {
        take();
        const auto context = u"define clause"_s;
        const auto name = parseName(context);
        if (!name)
            return std::unexpected(name.error());
        if (const auto close = take(); close.kind != Token::Kind::Close)
            return unexpected(close, context);
        return parseBody(*name, 1, context);
    }

    Result<> parseBody(const QString &name, int depth, const QString &context)
    {
        std::vector<Node> nodes;
        const auto ending = parseList(nodes, depth);
        if (!ending)
            return std::unexpected(ending.error());
        if (ending->isEmpty())
            return error(u"unexpected EOF"_s);
        if (*ending != "end"_L1)
            return error(u"unexpected {{%1}} in %2"_s.arg(*ending, context));
        // An empty definition does not replace what is there.
        if (!nodes.empty() || !m_tree.definitions.contains(name))
            m_tree.definitions.insert(name, std::move(nodes));
        return {};
    }

    // {{template "name" pipeline}}; {{block "name" pipeline}} defines it as well.
    Result<> parseTemplate(std::vector<Node> &nodes, int depth)
    {
        const bool isBlock = take().text == "block"_L1;
        const auto context = isBlock ? u"block clause"_s : u"template clause"_s;
        const auto position = peek().position; // errors point at the name
        const auto name = parseName(context);
        if (!name)
            return std::unexpected(name.error());
        Node node;
        node.kind = Node::Kind::Template;
        node.text = *name;
        const auto quoted = goQuoted(*name);
        auto shown = u"{{template "_s + quoted;
        if (peek().kind == Token::Kind::Close && !isBlock) {
            take();
        } else {
            auto pipeline = parsePipeline(context, Token::Kind::Close, depth);
            if (!pipeline)
                return std::unexpected(pipeline.error());
            shown += u' ' + pipeline->place.text;
            node.pipeline = std::move(*pipeline);
        }
        node.place = {position, shown + u"}}"_s};
        nodes.push_back(std::move(node));
        return isBlock ? parseBody(*name, depth + 1, context) : Result<>();
    }

    // {{break}} and {{continue}}; false: it is neither.
    Result<bool> parseLeap(std::vector<Node> &nodes)
    {
        if ((!isWord("break"_L1) && !isWord("continue"_L1)) || peek(1).kind != Token::Kind::Close)
            return false;
        const auto word = take().text;
        take();
        if (m_ranges == 0)
            return error(u"{{%1}} outside {{range}}"_s.arg(word));
        Node node;
        node.kind = word == "break"_L1 ? Node::Kind::Break : Node::Kind::Continue;
        nodes.push_back(std::move(node));
        return true;
    }

    Result<> parseAction(std::vector<Node> &nodes, int depth)
    {
        if (const auto leap = parseLeap(nodes); !leap || *leap)
            return leap ? Result<>() : std::unexpected(leap.error());
        if (isWord("template"_L1) || isWord("block"_L1))
            return parseTemplate(nodes, depth);
        Node node;
        node.kind = Node::Kind::Output;
        if (isWord("if"_L1))
            node.kind = Node::Kind::If;
        else if (isWord("range"_L1))
            node.kind = Node::Kind::Range;
        else if (isWord("with"_L1))
            node.kind = Node::Kind::With;
        const auto visible = m_variables.size();
        const auto context = node.kind != Node::Kind::Output ? take().text : u"command"_s;
        auto pipeline = parsePipeline(context, Token::Kind::Close, depth);
        if (!pipeline)
            return std::unexpected(pipeline.error());
        node.place = pipeline->place;
        node.pipeline = std::move(*pipeline);
        if (node.kind != Node::Kind::Output) {
            const int isRange = node.kind == Node::Kind::Range ? 1 : 0;
            m_ranges += isRange;
            if (const auto block = parseBlock(node, depth); !block)
                return block;
            m_ranges -= isRange;
            m_variables.resize(visible);
        }
        nodes.push_back(std::move(node));
        return {};
    }

    Result<> parseBlock(Node &node, int depth)
    {
        const auto ending = parseList(node.body, depth + 1);
        if (!ending)
            return std::unexpected(ending.error());
        if (*ending == "end"_L1)
            return {};
        if (ending->isEmpty())
            return error(u"unexpected EOF"_s);
        if (isWord("if"_L1) || isWord("with"_L1)) // {{else if}} needs no end of its own
            return parseAction(node.otherwise, depth + 1);
        if (const auto close = take(); close.kind != Token::Kind::Close)
            return unexpected(close, u"else"_s);
        const auto last = parseList(node.otherwise, depth + 1);
        if (!last)
            return std::unexpected(last.error());
        if (last->isEmpty())
            return error(u"unexpected EOF"_s);
        if (*last != "end"_L1)
            return error(u"expected end; found {{%1}}"_s.arg(*last));
        return {};
    }

    Result<> parseDeclaration(Pipeline &pipeline, const QString &context)
    {
        const auto declares = [this](std::size_t at) {
            return peek(at).kind == Token::Kind::Declare || peek(at).kind == Token::Kind::Assign;
        };
        if (peek().kind != Token::Kind::Variable)
            return {};
        const bool isPair = peek(1).kind == Token::Kind::Comma;
        if (!isPair && !declares(1))
            return {};
        if (isPair && context != "range"_L1) {
            take();
            take();
            return error(u"too many declarations in "_s + context);
        }
        if (isPair && (peek(2).kind != Token::Kind::Variable || !declares(3))) {
            take();
            take();
            return error(u"range can only initialize variables"_s);
        }
        pipeline.variables += take().text;
        if (isPair) {
            take();
            pipeline.variables += take().text;
        }
        const auto sign = take();
        pipeline.isAssignment = sign.kind == Token::Kind::Assign;
        for (const auto &name : pipeline.variables) {
            if (pipeline.isAssignment && !isVisible(name))
                return error(u"undefined variable \"$%1\""_s.arg(name));
            m_variables += name;
        }
        pipeline.place.text = u'$' + pipeline.variables.join(", $"_L1) + u' ' + sign.text + u' ';
        return {};
    }

    [[nodiscard]] bool isVisible(const QString &variable) const { return variable.isEmpty() || m_variables.contains(variable); }

    Result<Pipeline> parsePipeline(const QString &context, Token::Kind end, int depth)
    {
        if (depth > maxDepth)
            return error(u"nested too deeply"_s);
        Pipeline pipeline;
        pipeline.place.position = peek().position;
        if (const auto declared = parseDeclaration(pipeline, context); !declared)
            return std::unexpected(declared.error());
        while (true) {
            const auto kind = peek().kind;
            if (kind == end) {
                take();
                return checked(std::move(pipeline), context);
            }
            switch (kind) {
            case Token::Kind::Constant:
            case Token::Kind::Dot:
            case Token::Kind::Field:
            case Token::Kind::Variable:
            case Token::Kind::LeftParen: break;
            case Token::Kind::Identifier:
                if (!isKeyword(peek().text))
                    break;
                [[fallthrough]];
            default: return unexpected(take(), context);
            }
            auto call = parseCall(depth);
            if (!call)
                return std::unexpected(call.error());
            if (!pipeline.calls.empty())
                pipeline.place.text += " | "_L1;
            pipeline.place.text += call->place.text;
            pipeline.calls.push_back(std::move(*call));
        }
    }

    [[nodiscard]] Result<Pipeline> checked(Pipeline pipeline, const QString &context) const
    {
        if (pipeline.calls.empty())
            return error(u"missing value for "_s + context);
        for (std::size_t i = 1; i < pipeline.calls.size(); ++i) {
            const auto &first = pipeline.calls[i].operands[0];
            const bool isPlainDot = first.kind == Operand::Kind::Dot && first.fields.isEmpty();
            if (first.kind == Operand::Kind::Constant || isPlainDot)
                return error(u"non executable command in pipeline stage %1"_s.arg(i + 1));
        }
        return pipeline;
    }

    Result<Call> parseCall(int depth)
    {
        Call call;
        call.place.position = peek().position;
        QStringList words;
        while (true) {
            const auto token = peek();
            if (token.kind == Token::Kind::Close || token.kind == Token::Kind::RightParen)
                break;
            if (token.kind == Token::Kind::Pipe) {
                take();
                break;
            }
            // Without a space between, one word cannot follow another.
            if (!call.operands.empty() && token.isJoined)
                return unexpected(take(), u"operand"_s);
            auto operand = parseOperand(depth);
            if (!operand)
                return std::unexpected(operand.error());
            words += operand->place.text;
            call.operands.push_back(std::move(*operand));
        }
        if (call.operands.empty())
            return error(u"empty command"_s);
        if (call.operands[0].kind == Operand::Kind::Constant && call.operands[0].constant.isNull())
            words[0] = u"nil"_s;
        call.place.text = words.join(u' ');
        return call;
    }

    Result<Operand> parseOperand(int depth)
    {
        Operand operand;
        const auto token = take();
        operand.place = {token.position, token.text};
        switch (token.kind) {
        case Token::Kind::Dot: operand.kind = Operand::Kind::Dot; break;
        case Token::Kind::Field:
            operand.fields += token.text;
            operand.place.text.clear();
            break;
        case Token::Kind::Variable:
            operand.kind = Operand::Kind::Variable;
            operand.name = token.text;
            operand.place.text = u'$' + token.text;
            if (!isVisible(token.text))
                return error(u"undefined variable \"$%1\""_s.arg(token.text));
            break;
        case Token::Kind::Constant:
            operand.kind = Operand::Kind::Constant;
            operand.constant = token.constant;
            break;
        case Token::Kind::Identifier:
            if (isKeyword(token.text))
                return unexpected(token, u"operand"_s);
            if (!hasFunction(token.text))
                return error(u"function \"%1\" not defined"_s.arg(token.text));
            operand.kind = Operand::Kind::Function;
            operand.name = token.text;
            break;
        case Token::Kind::LeftParen: {
            auto pipeline = parsePipeline(u"parenthesized pipeline"_s, Token::Kind::RightParen, depth + 1);
            if (!pipeline)
                return std::unexpected(pipeline.error());
            operand.place.text = u'(' + pipeline->place.text + u')';
            operand.kind = Operand::Kind::Group;
            operand.group.push_back(std::move(*pipeline));
            break;
        }
        default: return unexpected(token, u"operand"_s);
        }
        const bool takesFields = operand.kind == Operand::Kind::Variable || operand.kind == Operand::Kind::Group
            || operand.kind == Operand::Kind::Function || !operand.fields.isEmpty();
        if (peek().kind == Token::Kind::Field && peek().isJoined) {
            if (!takesFields)
                return error(u"unexpected . after term %1"_s.arg(goQuoted(operand.place.text)));
            operand.place.position = peek().position; // as Go: where the chain begins
        }
        while (peek().kind == Token::Kind::Field && peek().isJoined)
            operand.fields += take().text;
        if (!operand.fields.isEmpty())
            operand.place.text += u'.' + operand.fields.join(u'.');
        return operand;
    }

    QStringView m_source;
    std::vector<Token> m_tokens;
    std::size_t m_next = 0;
    Tree m_tree;
    QStringList m_variables; // declared so far, where we are
    int m_ranges = 0;        // how many we are in
};

} // namespace

Result<Tree> parse(QStringView source)
{
    auto tokens = tokenize(source);
    if (!tokens)
        return std::unexpected(tokens.error());
    return Parser(source, std::move(*tokens)).run();
}

} // namespace berth::gotemplate
