<#-- One library a line, everything sorted: the order in which the plugin finds licences differs from run to run. -->
<#assign lines = []/>
<#list dependencyMap as entry>
<#assign library = entry.getKey()/>
<#if library.groupId != "dev.mortise">
<#assign lines = lines + [library.groupId + ":" + library.artifactId + " " + library.version + "  " + entry.getValue()?sort?join(" or ") + "  " + (library.url!"")]/>
</#if>
</#list>
What the distribution contains of others: ${lines?size} libraries, each with its licence or its choice of licences.

<#list lines?sort as line>
${line}
</#list>
