// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/templatelexer.h"
#include "cli/templatetree.h"

using namespace Qt::StringLiterals;

namespace berth::gotemplate {
namespace {

// Nesting that a person writes stays far below this; deeper input must not exhaust the stack.
constexpr int maxDepth = 100;

class Parser {
public:
    explicit Parser(std::vector<Token> tokens) : m_tokens(std::move(tokens)) {}

    Result<std::vector<Node>> run()
    {
        std::vector<Node> nodes;
        const auto ending = parseList(nodes, 0);
        if (!ending)
            return std::unexpected(ending.error());
        if (!ending->isEmpty())
            return syntaxError(u"unexpected {{%1}}"_s.arg(*ending));
        return nodes;
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

    // Reads nodes up to {{end}} or {{else}}, whose word it gives ("" at the end of the template).
    // After "else" the next token is what follows the word: Close, or "if".
    Result<QString> parseList(std::vector<Node> &nodes, int depth)
    {
        if (depth > maxDepth)
            return syntaxError(u"nested too deeply"_s);
        while (true) {
            const auto token = take();
            if (token.kind == Token::Kind::End)
                return QString();
            if (token.kind == Token::Kind::Text) {
                nodes.push_back({Node::Kind::Text, token.text, {}, {}, {}});
                continue;
            }
            if (isWord("end"_L1) || isWord("else"_L1)) {
                auto word = take().text;
                if (word == "end"_L1 && take().kind != Token::Kind::Close)
                    return syntaxError(u"unexpected input after end"_s);
                return word;
            }
            if (const auto added = parseAction(nodes, depth); !added)
                return std::unexpected(added.error());
        }
    }

    // {{break}} and {{continue}}; false: it is neither.
    Result<bool> parseLeap(std::vector<Node> &nodes)
    {
        if ((!isWord("break"_L1) && !isWord("continue"_L1)) || peek(1).kind != Token::Kind::Close)
            return false;
        const auto word = take().text;
        take();
        if (m_ranges == 0)
            return syntaxError(u"{{%1}} outside {{range}}"_s.arg(word));
        nodes.push_back({word == "break"_L1 ? Node::Kind::Break : Node::Kind::Continue, {}, {}, {}, {}});
        return true;
    }

    Result<> parseAction(std::vector<Node> &nodes, int depth)
    {
        if (const auto leap = parseLeap(nodes); !leap || *leap)
            return leap ? Result<>() : std::unexpected(leap.error());
        Node node;
        node.kind = Node::Kind::Output;
        if (isWord("if"_L1))
            node.kind = Node::Kind::If;
        else if (isWord("range"_L1))
            node.kind = Node::Kind::Range;
        else if (isWord("with"_L1))
            node.kind = Node::Kind::With;
        m_context = node.kind != Node::Kind::Output ? take().text : u"command"_s;
        auto pipeline = parsePipeline(depth);
        if (!pipeline)
            return std::unexpected(pipeline.error());
        if (take().kind != Token::Kind::Close)
            return syntaxError(u"unexpected input in action"_s);
        node.pipeline = std::move(*pipeline);
        if (node.kind != Node::Kind::Output) {
            const int isRange = node.kind == Node::Kind::Range ? 1 : 0;
            m_ranges += isRange;
            if (const auto block = parseBlock(node, depth); !block)
                return block;
            m_ranges -= isRange;
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
            return syntaxError(u"unexpected EOF"_s);
        if (isWord("if"_L1) || isWord("with"_L1)) // {{else if}} needs no end of its own
            return parseAction(node.otherwise, depth + 1);
        if (take().kind != Token::Kind::Close)
            return syntaxError(u"unexpected input after else"_s);
        const auto last = parseList(node.otherwise, depth + 1);
        if (!last)
            return std::unexpected(last.error());
        if (*last != "end"_L1)
            return syntaxError(u"expected end; found \"%1\""_s.arg(*last));
        return {};
    }

    void parseDeclaration(Pipeline &pipeline)
    {
        const auto declares = [this](std::size_t at) {
            return peek(at).kind == Token::Kind::Declare || peek(at).kind == Token::Kind::Assign;
        };
        if (peek().kind != Token::Kind::Variable)
            return;
        const bool isPair = peek(1).kind == Token::Kind::Comma && peek(2).kind == Token::Kind::Variable && declares(3);
        if (!isPair && !declares(1))
            return;
        pipeline.variables += take().text;
        if (isPair) {
            take();
            pipeline.variables += take().text;
        }
        pipeline.isAssignment = take().kind == Token::Kind::Assign;
    }

    Result<Pipeline> parsePipeline(int depth)
    {
        if (depth > maxDepth)
            return syntaxError(u"nested too deeply"_s);
        Pipeline pipeline;
        parseDeclaration(pipeline);
        while (true) {
            auto call = parseCall(depth);
            if (!call)
                return std::unexpected(call.error());
            pipeline.calls.push_back(std::move(*call));
            if (peek().kind != Token::Kind::Pipe)
                return pipeline;
            take();
        }
    }

    Result<Call> parseCall(int depth)
    {
        Call call;
        while (true) {
            const auto kind = peek().kind;
            if (kind == Token::Kind::Close || kind == Token::Kind::Pipe || kind == Token::Kind::RightParen
                || kind == Token::Kind::End)
                break;
            auto operand = parseOperand(depth);
            if (!operand)
                return std::unexpected(operand.error());
            call.operands.push_back(std::move(*operand));
        }
        if (call.operands.empty())
            return syntaxError(u"missing value for "_s + m_context);
        return call;
    }

    Result<Operand> parseOperand(int depth)
    {
        Operand operand;
        const auto token = take();
        switch (token.kind) {
        case Token::Kind::Dot: operand.kind = Operand::Kind::Dot; break;
        case Token::Kind::Field: operand.fields += token.text; break;
        case Token::Kind::Variable:
            operand.kind = Operand::Kind::Variable;
            operand.name = token.text;
            break;
        case Token::Kind::Constant:
            operand.kind = Operand::Kind::Constant;
            operand.constant = token.constant;
            break;
        case Token::Kind::Identifier:
            operand.kind = Operand::Kind::Function;
            operand.name = token.text;
            return operand;
        case Token::Kind::LeftParen: {
            auto pipeline = parsePipeline(depth + 1);
            if (!pipeline)
                return std::unexpected(pipeline.error());
            if (take().kind != Token::Kind::RightParen)
                return syntaxError(u"unclosed left paren"_s);
            operand.kind = Operand::Kind::Group;
            operand.group.push_back(std::move(*pipeline));
            break;
        }
        default: return syntaxError(u"unexpected \"%1\" in operand"_s.arg(token.text));
        }
        while (peek().kind == Token::Kind::Field && peek().isJoined)
            operand.fields += take().text;
        return operand;
    }

    std::vector<Token> m_tokens;
    std::size_t m_next = 0;
    QString m_context; // what misses its value, for errors
    int m_ranges = 0;  // how many we are in
};

} // namespace

Result<std::vector<Node>> parse(QStringView source)
{
    auto tokens = tokenize(source);
    if (!tokens)
        return std::unexpected(tokens.error());
    return Parser(std::move(*tokens)).run();
}

} // namespace berth::gotemplate
