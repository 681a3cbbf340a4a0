/**
 * The plugin {@code openai}: the models of any number of servers that speak OpenAI's API, be it OpenAI itself, another
 * vendor, a server of one's own (llama.cpp, vLLM, Ollama), or another Mortise. What the servers are called and offer
 * comes from {@code settings}; how they are spoken to is in {@code wire}.
 *
 * <pre>{@code
 * plugins:
 *   openai:
 *     servers:
 *       - { name: main, baseUrl: "https://api.openai.com/v1", apiKey: "${env:OPENAI_API_KEY}", chatModels: [gpt-4.1-mini] }
 * }</pre>
 */
@NullMarked
package dev.mortise.openai;

import org.jspecify.annotations.NullMarked;
